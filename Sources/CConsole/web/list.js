// The desk: queues at the left, the tickets of one of them beside it.

import { explain, go, desk } from './app.js';
import { get } from './api.js';
import { marks, stage, timeLeft } from './badge.js';
import { debounce, dialog, fill, h, tell } from './dom.js';
import { live } from './live.js';
import { allSites, named, older, siteName } from './pack.js';
import { canonical, drawQueues, loadQueues, saveFilter } from './queues.js';
import { moment, setNow, whole } from './time.js';
import { t } from './words.js';

const pageSize = 50;
const pageMax = 500;
const selectMax = 1000;
/** A request that nobody answers holds up the next for so long. */
const patienceMilliseconds = 30000;
/** Filters with a choice of their own; any other shows as a word that is taken away by a click. */
const chosen = ['type', 'state', 'category', 'department', 'home', 'due', 'sort', 'view'];
/** Filters that are worded as the queue of the same tickets. */
const queueOf = {
  open: 'open', conflicts: 'conflicts', offered: 'offered', acknowledged: 'waiting', resolved: 'followUp',
};

/** The tickets that were listed last, so that a ticket's page knows its neighbours. */
export const listed = { numbers: [], path: '/' };

export const open = (main, path, parameters) => new List(main, parameters);

class List {
  constructor(main, parameters) {
    // What is due is what a day begins with.
    this.filter = parameters.size ? canonical(parameters) : 'sort=due';
    this.isOpening = !parameters.size;
    this.tickets = [];
    this.turn = Promise.resolve();
    this.next = null;
    this.total = 0;
    this.at = -1;
    this.selected = new Map();
    this.fresh = new Set();
    this.isClosed = false;
    this.queueBox = h('nav.queues', { 'aria-label': t('queues') });
    this.body = h('tbody');
    this.caption = h('p.count', { role: 'status' });
    this.bulk = h('div.bulk', { hidden: true });
    this.more = h('button', { type: 'button', hidden: true, onclick: () => this.load(true) }, t('more'));
    this.all = h('input',
      { type: 'checkbox', 'aria-label': t('selectShown'), onchange: () => this.selectShown(this.all.checked) });
    fill(
      main, h('h1.unseen', t('desk')), h('div.desk', this.queueBox, h('section.list', { 'aria-label': t('tickets') },
        this.head = this.filters(), this.bulk,
        h('table.tickets',
          h('thead', h('tr',
            desk.can('clerk') ? h('th.pick', { scope: 'col' }, this.all) : null,
            ['number', 'type', 'subject', 'category', 'stage', 'timeLeft', 'expedites', 'home',
              'updated'].map((name) =>
              h('th', { scope: 'col', class: 'c-' + name }, t('column.' + name))))),
          this.body),
        h('p.foot', this.caption, this.more))));
  }

  async begin() {
    this.unlisten = live.listen({ all: () => this.refresh(), ticket: (ticket) => this.changed(ticket) });
    await Promise.all([this.load(), this.count()]);
    // Where no clock runs, it begins with everything.
    if (!this.isOpening || this.total) return;
    this.filter = '';
    this.head.replaceWith(this.filters());
    await Promise.all([this.load(), this.count()]);
  }

  close() {
    this.isClosed = true;
    this.unlisten?.();
  }

  tick() { if (live.isOpen()) this.draw(); else this.refresh(); }

  refresh = debounce(350, async () => {
    if (this.isClosed) return;
    try { await Promise.all([this.load(false, true), this.count()]); } catch { /* The top bar says so. */ }
  });

  changed(ticket) {
    this.fresh.add(ticket.id);
    this.refresh();
  }

  async count() {
    const queues = await loadQueues();
    if (!this.isClosed) drawQueues(this.queueBox, queues, this.filter);
  }

  /** One after the other: what was asked for earlier never replaces a longer list that came meanwhile. */
  load(isMore, isAgain) {
    if (isAgain && this.waiting) return this.waiting;
    const job = this.turn.catch(() => {}).then(() => {
      if (isAgain) this.waiting = null;
      return this.read(isMore, isAgain);
    });
    if (isAgain) this.waiting = job;
    return this.turn = job;
  }

  async read(isMore, isAgain) {
    // Asked for twice, the end of the list is there already.
    if (this.isClosed || (isMore && !this.next)) return;
    const values = new URLSearchParams(this.filter);
    values.set('limit', String(isAgain ? Math.min(pageMax, Math.max(pageSize, this.tickets.length)) : pageSize));
    if (isMore) values.set('after', this.next);
    const page = await get('/api/tickets?' + values, { signal: AbortSignal.timeout(patienceMilliseconds) });
    if (this.isClosed) return;
    setNow(page.now);
    // Where one is goes with the ticket, not with the row that another may push down.
    const id = this.tickets[this.at]?.id;
    this.tickets = isMore ? [...this.tickets, ...page.tickets] : page.tickets;
    const at = this.tickets.findIndex((ticket) => ticket.id === id);
    // Of one that has left the list, the next takes the place.
    this.at = at < 0 ? Math.min(this.at, this.tickets.length - 1) : at;
    this.next = page.next;
    this.total = page.total;
    this.asOf = page.dataAsOf?.time;
    listed.numbers = this.tickets.map((ticket) => ticket.number);
    listed.path = location.pathname + location.search;
    this.draw();
    if (!isAgain) tell(t('shownOf', this.tickets.length, this.total));
    if (await older(desk.pack, this.tickets)) this.draw();
  }

  draw() {
    const focus = document.activeElement?.closest?.('tr')?.dataset.id;
    fill(this.body, this.tickets.length ? this.tickets.map((ticket, index) => this.row(ticket, index))
      : h('tr', h('td.empty', { colspan: '10' }, t('noTickets'))));
    if (focus) this.body.querySelector(`tr[data-id="${focus}"] a`)?.focus({ preventScroll: true });
    fill(this.caption, t('shownOf', this.tickets.length, this.total),
      this.asOf ? ' · ' + t('dataAsOf', moment(this.asOf)) : '');
    this.more.hidden = !this.next;
    this.fresh.clear();
    this.drawBulk();
  }

  row(ticket, index) {
    const { pack } = desk;
    const pick = h('input', {
      type: 'checkbox', 'aria-label': t('select', ticket.number), checked: this.selected.has(ticket.id) || null,
      onchange: () => this.toggle(ticket, pick.checked),
    });
    const customer = [ticket.customer?.name, pack?.gradeName(ticket.customer?.grade)].filter(Boolean);
    const department = ticket.department ?? ticket.due?.department;
    return h('tr', {
      data: { id: ticket.id }, class: (index === this.at ? 'at ' : '') + (this.fresh.has(ticket.id) ? 'fresh' : ''),
      onclick: (event) => {
        if (event.target.closest('a, input, .pick')) return;
        go('/tickets/' + ticket.number);
      },
      },
      desk.can('clerk') ? h('td.pick', pick) : null,
      h('td.c-number', h('a.number', { href: '/tickets/' + ticket.number }, ticket.number), marks(ticket)),
      h('td.c-type', pack?.typeName(ticket.type) ?? ticket.type),
      h('td.c-subject', h('span.cut', { title: ticket.subject }, ticket.subject),
        customer.length ? h('small', customer.join(' · ')) : null),
      h('td.c-category', { title: pack?.categoryPath(ticket.category) ?? '' },
        h('span.cut', pack?.category(ticket.category) ?? '')),
      h('td.c-stage', stage(pack, ticket.type, ticket.state),
        department || ticket.assignee
          ? h('small', [department && pack?.department(department), ticket.assignee].filter(Boolean).join(' · '))
          : null),
      h('td.c-timeLeft', timeLeft(ticket.due)),
      h('td.c-expedites', ticket.expedites ? h('span.tag', { 'data-tone': 'risk' }, '×' + ticket.expedites) : ''),
      h('td.c-home', siteName(ticket.home)),
      h('td.c-updated', { title: whole(ticket.updatedAt) }, moment(ticket.updatedAt)));
  }

  // Filters.

  filters() {
    const values = new URLSearchParams(this.filter);
    const { pack } = desk;
    const type = values.get('type');
    const leave = () => go('/?' + (values.toString() || 'view=all'));
    const chip = ([name, value]) => {
      const label = name === 'home' ? siteName(value) : t('only.' + name, value)
        || t('queue.' + (queueOf[name] ?? queueOf[value] ?? value)) || value;
      return h('button.chip', { type: 'button', data: { filter: name }, 'aria-label': t('dropFilter', label),
        onclick: () => { values.delete(name); leave(); } }, label, ' ×');
    };
    const choose = (name, label, options) => {
      const now = values.get(name) ?? '';
      const known = options.some(([id]) => id === now) || !now ? options : [...options, [now, now]];
      return h('label', h('span.unseen', label), h('select', {
        onchange: (event) => {
          if (event.target.value) values.set(name, event.target.value); else values.delete(name);
          if (name === 'type') for (const other of ['state', 'category']) values.delete(other);
          leave();
        },
        }, h('option', { value: '' }, label),
        known.map(([id, text]) => h('option', { value: id, selected: id === now }, text))));
    };
    const states = type ? pack?.types.get(type)?.states ?? [] : uniqueStates(pack);
    return h('div.filters',
      choose('type', t('column.type'), [...pack?.types.values() ?? []].map((one) => [one.id, named(one.name)])),
      choose('state', t('filterStage'), states.map((state) => [state.id, named(state.name)])),
      choose('category', t('column.category'),
        (type ? pack?.leaves(type) ?? [] : topCategories(pack)).map((one) => [one.id, named(one.name)])),
      choose('department', t('field.department'), (pack?.departments ?? []).map((one) => [one.id, named(one.name)])),
      desk.isHub
        ? choose('home', t('column.home'),
        allSites().filter((site) => site.role === 'branch').map((site) => [site.site, siteName(site.site)])) : null,
      choose('due', t('column.timeLeft'),
        ['overdue', 'unconfirmed', 'atRisk', 'paused'].map((id) => [id, t('queue.' + id)])),
      choose('sort', t('sortOpened'), [['due', t('sortDue')]]),
      [...values].filter(([name]) => !chosen.includes(name) || (name === 'home' && !desk.isHub)).map(chip),
      h('span.grow'),
      this.filter ? h('button.quiet', { type: 'button', onclick: () => this.save() }, t('saveFilter')) : null,
      desk.can('supervisor') ? h('a.button.quiet',
        { href: '/api/export/tickets?format=csv' + (this.filter && '&' + this.filter), download: true,
          title: t('exportHint') }, 'CSV') : null);
  }

  save() {
    const name = h('input', { required: true, maxlength: '40', id: 'filter-name' });
    const box = dialog(t('saveFilter'), h('form', {
      method: 'dialog',
      onsubmit: () => {
        saveFilter(name.value.trim(), this.filter);
        this.count();
      },
      }, h('label', { for: 'filter-name' }, t('filterName')), name,
      h('p.buttons', h('button', { type: 'button', onclick: () => box.close() }, t('cancel')),
        h('button.first', t('save')))));
  }

  // Selection.

  toggle(ticket, isOn) {
    if (isOn && this.selected.size < selectMax) this.selected.set(ticket.id, ticket);
    else this.selected.delete(ticket.id);
    this.drawBulk();
  }

  selectShown(isOn) {
    for (const ticket of this.tickets) this.toggle(ticket, isOn);
    this.draw();
  }

  /** As many as one bulk action takes, read page by page. */
  async selectAll() {
    const values = new URLSearchParams(this.filter);
    values.set('limit', String(pageMax));
    while (this.selected.size < selectMax) {
      const page = await get('/api/tickets?' + values);
      for (const ticket of page.tickets) this.toggle(ticket, true);
      if (!page.next) break;
      values.set('after', page.next);
    }
    this.draw();
  }

  drawBulk() {
    const size = this.selected.size;
    this.bulk.hidden = size === 0;
    this.all.checked = size > 0 && this.tickets.every((ticket) => this.selected.has(ticket.id));
    if (!size) return;
    fill(this.bulk, h('b', t('selectedCount', size)),
      this.total > size && size < selectMax ? h('button.quiet', {
        type: 'button', onclick: () => this.selectAll().catch((problem) => tell(explain(problem))),
        }, t('selectAll', Math.min(this.total, selectMax))) : null,
      h('button', {
        type: 'button',
        onclick: async () => (await import('./bulk.js')).open(this.selected, () => this.refresh()),
        }, t('bulkAct')),
      h('button.quiet', { type: 'button', onclick: () => { this.selected.clear(); this.draw(); } }, t('clear')));
  }

  key(event) {
    const move = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (move && this.tickets.length) {
      event.preventDefault();
      this.at = Math.min(this.tickets.length - 1, Math.max(0, this.at + move));
      for (const row of this.body.rows) row.classList.toggle('at', row.rowIndex - 1 === this.at);
      this.body.rows[this.at].querySelector('a')?.focus();
    } else if (event.key === 'x' && this.tickets[this.at]) {
      const ticket = this.tickets[this.at];
      this.toggle(ticket, !this.selected.has(ticket.id));
      this.draw();
    } else if (event.key === 'Enter' && this.tickets[this.at] && !event.target.closest('a, button')) {
      go('/tickets/' + this.tickets[this.at].number);
    }
  }
}

function uniqueStates(pack) {
  const states = new Map();
  for (const type of pack?.types.values()
    ?? []) for (const state of type.states) if (!states.has(state.id)) states.set(state.id, state);
  return [...states.values()];
}

const topCategories = (pack) => (pack?.children.get('') ?? [])
  .flatMap((top) => [top, ...(pack.children.get(top.id) ?? [])]);
