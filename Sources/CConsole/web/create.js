// A new ticket from the standard's forms: say what it is about, check what is suggested, take it.

import { announced, strips } from './announce.js';
import { draftLine } from './asking.js';
import { desk, explain, go } from './app.js';
import { get, getOr, newKey, post, query, Problem } from './api.js';
import { stage } from './badge.js';
import { debounce, fill, h, recall, remember, tell, toast } from './dom.js';
import { fieldset } from './fields.js';
import { noteUse, push } from './knowledge.js';
import { allSites, named, siteName } from './pack.js';
import { suggest } from './suggest.js';
import { moment, stamp } from './time.js';
import { t } from './terms.js';

const first = ['subject', 'description', 'customerName', 'contactPhone', 'channel'];
const later = ['ending', 'reasons'];

export const open = (main, path, parameters) => new NewTicket(main, parameters);

class NewTicket {
  constructor(main, parameters) {
    this.parent = parameters.get('parent');
    this.draftName = `draft.${desk.session.name}.new${this.parent ? '.' + this.parent : ''}`;
    const draft = recall(this.draftName);
    // A draft may be of a type that the standard has no longer.
    const types = desk.pack?.types;
    this.type = [parameters.get('type'), draft?.type].find((id) => types?.has(id)) ?? types?.keys().next().value;
    this.category = draft?.category ?? '';
    this.isChosen = Boolean(this.category);
    this.values = draft?.values ?? {};
    this.home = draft?.home ?? '';
    this.key = newKey();
    this.main = main;
    if (!desk.pack) {
      fill(main, h('p.empty', t('noStandard')));
      return;
    }
    this.draw(draft);
  }

  draw(draft = null) {
    const { pack } = desk;
    const all = pack.fields(this.type);
    const isLate = new Set((pack.types.get(this.type).uses ?? []).filter((set) => later.includes(set))
      .flatMap((set) => pack.document.fieldSets.find((one) => one.id === set).fields.map((field) => field.id)));
    const top = first.map((id) => all.find((field) => field.id === id)).filter(Boolean);
    const must = all.filter((field) => field.required && !first.includes(field.id));
    const rest = all.filter((field) => !top.includes(field) && !must.includes(field) && !isLate.has(field.id));
    const oninput = () => this.changed();
    const zone = desk.status.now;
    this.form = fieldset(pack, this.type, [...top, ...must], this.values, { oninput, zone });
    this.more = fieldset(pack, this.type, rest, this.values, { oninput, zone });
    this.said = h('p.problem', { role: 'alert', hidden: true });
    this.hints = h('div.hints', { role: 'group', 'aria-label': t('suggested') });
    this.known = h('div');
    this.announced = h('div');
    this.heard = null;
    this.pushed = h('div');
    this.asked = this.shown = null;
    this.used ??= new Set();
    const leaves = pack.leaves(this.type);
    this.select = h('select',
      { id: 'category',
        onchange: () => { this.category = this.select.value; this.isChosen = true; this.changed(); } },
      h('option', { value: '' }, '–'),
      groups(pack, leaves)
        .map(([label, list]) =>
        h('optgroup', { label }, list.map((one) => h('option', { value: one.id }, named(one.name))))));
    this.select.value = this.category;
    fill(this.main, h('div.create',
      h('form.card', { onsubmit: (event) => { event.preventDefault(); this.save(); } },
        h('h1', this.parent ? t('newChild', this.parent) : t('newTicket')),
        draftLine(draft, () => this.discard()),
        this.templates(),
        h('div.types', { role: 'radiogroup', 'aria-label': t('column.type') },
          [...pack.types.values()].map((type) => h('label.chip', h('input', {
            type: 'radio', name: 'type', value: type.id, checked: type.id === this.type || null,
            onchange: () => { this.collect(); this.type = type.id; this.category = ''; this.isChosen = false;
              this.draw(); this.changed(); },
            }), named(type.name)))),
        desk.isHub ? h('div.field', h('label', { for: 'home' }, t('field.home'), h('b.must', ' *')), h('select', {
          id: 'home', required: true, onchange: (event) => { this.home = event.target.value; this.changed(); },
          }, h('option', { value: '' }, '–'),
          allSites().filter((site) => site.role === 'branch')
            .map((site) =>
            h('option', { value: site.site, selected: site.site === this.home || null }, siteName(site.site))))) : null,
        this.form.element,
        h('div.field.long', h('label', { for: 'category' }, t('field.category')), this.select, this.hints),
        this.announced,
        h('details', h('summary', t('moreFields', rest.length)), this.more.element),
        this.said,
        h('p.buttons', h('button.quiet', { type: 'button', onclick: () => this.keepTemplate() }, t('keepTemplate')),
          h('span.grow'),
          h('a.button', { href: '/' }, t('cancel')), h('button.first', t('take'), ' ', h('kbd', 'Ctrl ↵')))),
      h('aside.side', this.pushed, this.known)));
    this.main.onkeydown = (event) => { if (event.key === 'Enter' && event.ctrlKey && !event.isComposing) this.save();
    };
    this.begin();
    this.look();
  }

  /** Again when it stands in the page: only then can anything of it have the focus. */
  begin() { this.form?.element.querySelector('input, textarea')?.focus(); }

  close() { this.main.onkeydown = null; }

  collect() { this.values = { ...this.values, ...this.form.read(true), ...this.more.read(true) }; }

  changed = debounce(250, () => {
    if (this.isOver || !this.form.element.isConnected) return;
    this.values = { ...this.form.read(true), ...this.more.read(true) };
    remember(this.draftName,
      { at: stamp(), type: this.type, category: this.category, values: this.values, home: this.home });
    this.look();
  });

  /** What the text seems to be about, and who has asked before. */
  look() {
    const { pack } = desk;
    const found = suggest(`${this.values.subject ?? ''} ${this.values.description ?? ''}`, pack.leaves(this.type),
      pack);
    if (found.length && !this.isChosen) {
      this.category = found[0].id;
      this.select.value = this.category;
    }
    fill(this.hints, found.map((one) => h('button.chip', {
      type: 'button', 'aria-pressed': String(one.id === this.category),
      onclick: () => { this.category = one.id; this.isChosen = true; this.select.value = one.id; this.changed(); },
      }, pack.categoryPath(one.id))));
    this.hear();
    push(this, `${this.values.subject ?? ''} ${this.values.description ?? ''}`);
    this.repeat();
  }

  /** What is announced of the category that is chosen: it is read to the customer. */
  async hear() {
    const filter = { state: 'current', category: this.category, site: desk.isHub ? this.home : desk.status.site };
    const name = JSON.stringify(filter);
    if (name === this.heard) return;
    this.heard = name;
    const list = this.category ? await announced(filter) : [];
    if (name !== this.heard) return;
    fill(this.announced, strips(list));
    const ids = list.map((one) => one.id).join();
    if (ids && ids !== this.told) tell(t('announced'));
    this.told = ids;
  }

  /** What is announced while somebody types is heard too. */
  tick() {
    this.heard = null;
    if (this.announced) this.hear();
  }

  repeat = debounce(300, async () => {
    const phone = (this.values.contactPhone ?? '').replace(/\D/g, '');
    if (phone === this.phone) return;
    this.phone = phone;
    this.caller = null;
    if (phone.length < 7) return fill(this.known);
    const found = await getOr('/api/search' + query({ q: phone, limit: 5 }), null).catch(() => null);
    if (!found?.results.length || !this.known.isConnected) return fill(this.known);
    const tickets = await Promise.all(
      found.results.map((one) => get('/api/tickets/' + encodeURIComponent(one.number))
        .then((answer) => answer.ticket, () => null)));
    const digits = (text) => (text ?? '').replace(/\D/g, '');
    this.caller = tickets.find((one) => one?.customer?.name && digits(one.customer.phone) === phone)?.customer;
    fill(this.known,
      h('section.card', h('h2', t('calledBefore')),
        h('ul.plain.contacts', tickets.filter(Boolean).map((one) => h('li',
          h('a', { href: '/tickets/' + one.number }, one.number), ' ', stage(desk.pack, one.type, one.state),
          h('small', one.subject, ' · ', moment(one.openedAt)),
          desk.pack.isFinal(one.type, one.state) ? null
            : h('button.quiet', { type: 'button', onclick: () => this.addTo(one) }, t('addTo')))))));
    tell(t('calledBefore'));
  });

  /** What was typed becomes a note on a ticket that is open already. */
  async addTo(ticket) {
    this.collect();
    const text = [t('calledAgain'), this.values.subject, this.values.description].filter(Boolean).join('\n');
    try {
      await post(`/api/tickets/${ticket.id}/actions`, { action: 'note', text, visibility: 'internal' },
        { key: this.key });
      this.forget();
      toast(t('addedTo', ticket.number));
      go('/tickets/' + ticket.number);
    } catch (problem) {
      if (problem.status) this.key = newKey();
      this.said.hidden = false;
      this.said.textContent = explain(problem);
    }
  }

  // Templates are this browser's own.

  templates() {
    const list = recall('templates', []);
    return list.length
      ? h('div.hints', { role: 'group', 'aria-label': t('templates') },
      list.filter((one) => desk.pack.types.has(one.type)).map((one) => h('span.chip', h('button.quiet', {
        type: 'button',
        onclick: () => {
          this.type = one.type;
          this.category = one.category;
          this.isChosen = Boolean(one.category);
          this.collect();
          this.values = { ...this.values, ...one.values };
          this.draw();
          this.changed();
        },
        }, one.name), h('button.quiet', {
          type: 'button', 'aria-label': t('forget', one.name),
          onclick: () => { remember('templates', list.filter((other) => other !== one)); this.collect(); this.draw(); },
          }, '×')))) : null;
  }

  /** Without what belongs to one customer. */
  keepTemplate() {
    this.collect();
    const personal = new Set(desk.pack.fields(this.type)
      .filter((field) => field.personal && field.id !== 'description').map((field) => field.id));
    const values = Object.fromEntries(Object.entries(this.values).filter(([id]) => !personal.has(id)));
    const name = (values.subject ?? desk.pack.typeName(this.type)).slice(0, 20);
    remember('templates',
      [...recall('templates', []).filter((one) => one.name !== name),
        { name, type: this.type, category: this.category, values }].slice(-12));
    this.draw();
    toast(t('templateKept', name));
  }

  /** What is done is no draft any more, and what was typed last becomes none. */
  forget() {
    this.isOver = true;
    remember(this.draftName, null);
  }

  discard() {
    remember(this.draftName, null);
    this.values = {};
    this.category = '';
    this.isChosen = false;
    this.used.clear();
    this.draw();
  }

  async save() {
    this.values = { ...this.form.read(true), ...this.more.read(true) };
    const { customerName, contactPhone } = this.values;
    const body = { type: this.type, fields: this.values };
    if (this.category) body.category = this.category;
    if (this.parent) body.parent = this.parent;
    if (desk.isHub && this.home) body.home = this.home;
    if (customerName && contactPhone) {
      body.customer = { name: customerName, phone: contactPhone };
      // The same caller stays one customer, so that the next one who answers sees all contacts.
      if (this.caller?.name === customerName && this.caller.phone === contactPhone) body.customer.id = this.caller.id;
    }
    try {
      const { data } = await post('/api/tickets', body, { key: this.key });
      this.forget();
      await noteUse(data.ticket, this.used);
      toast(t('taken', data.ticket.number));
      go('/tickets/' + data.ticket.number);
    } catch (problem) {
      if (problem.status) this.key = newKey();
      const errors = problem instanceof Problem ? problem.errors : [];
      const isMore = ({ field }) => this.more.inputs.has(field);
      this.more.show(errors.filter(isMore));
      const others = this.form.show(errors.filter((error) => !isMore(error)));
      this.said.hidden = false;
      this.said.textContent = others.join('; ') || (errors.length ? t('lookAtFields') : explain(problem));
    }
  }
}

/** Leaves under the name of what they belong to. */
function groups(pack, leaves) {
  const found = new Map();
  for (const leaf of leaves) {
    const label = leaf.parent ? pack.categoryPath(leaf.parent) : '';
    found.set(label, [...(found.get(label) ?? []), leaf]);
  }
  return [...found];
}
