// Whose ticket it is: what is known, four reminders, and what else is going on with them.

import { desk, explain } from './app.js';
import { get, getOr, newKey, post, query } from './api.js';
import { stage } from './badge.js';
import { dialog, fill, h, toast } from './dom.js';
import { fieldset } from './fields.js';
import { yuan } from './pack.js';
import { moment, now } from './time.js';
import { both, t } from './terms.js';

const repeatMilliseconds = 72 * 3600 * 1000;
/** A contract that ends later is nobody's concern yet. */
const contractMilliseconds = 60 * 86400 * 1000;
const known = new Map();

export function customerView(ticket, pack) {
  const box = h('section.card');
  const basic = ticket.customer ?? {};
  const name = basic.name || ticket.fields.customerName;
  const phone = basic.phone || ticket.fields.contactPhone;
  const draw = (customer, others) => fill(box, h('h2', t('customer')), name || phone ? [
    h('p.who', h('b', name ?? '–'),
      customer?.grade ? h('span.tag', { 'data-tone': 'work' }, pack?.gradeName(customer.grade))
        : ticket.fields.customerGrade
        ? h('span.tag', pack?.value(ticket.type, 'customerGrade', ticket.fields.customerGrade)) : null),
    h('dl.values.tight',
      phone ? h('div', h('dt', t('phone')), h('dd', h('a', { href: 'tel:' + phone }, phone))) : null,
      ticket.fields.contactName && ticket.fields.contactName !== name
        ? h('div', h('dt', t('contact')), h('dd', ticket.fields.contactName)) : null,
      customer?.class ? h('div', h('dt', t('customerClass')), h('dd', pack?.className(customer.class))) : null,
      customer?.monthlyFen != null ? h('div', h('dt', t('monthly')), h('dd', yuan(customer.monthlyFen))) : null,
      customer?.since ? h('div', h('dt', t('since')), h('dd', customer.since.slice(0, 10))) : null,
      ['accountManager', 'serviceManager'].map((id) => [id, customer?.[id] || ticket.fields[id]])
        .map(([id, who]) => who ? h('div', h('dt', t('field.' + id)), h('dd', who)) : null)),
    reminders(customer, others, ticket, () => record(customer, pack, () => look(basic.id).then(show))),
    customer && desk.can('clerk') ? h('p', h('button.quiet',
      { type: 'button', onclick: () => record(customer, pack, () => look(basic.id).then(show)) }, t('record'))) : null,
    others?.length ? [h('h3', t('contacts')), h('ul.plain.contacts', others.slice(0, 8).map((one) => h('li',
      h('a', { href: '/tickets/' + one.number }, one.number), ' ', stage(pack, one.type, one.state),
      h('small', one.subject, ' · ', moment(one.openedAt)))))] : null,
    ] : h('p.muted', basic.id ? t('customerElsewhere') : t('noCustomer')));
  const show = ([customer, others]) => draw(customer, others?.filter((one) => one.number !== ticket.number));
  show(known.get(basic.id) ?? []);
  if (basic.id && name) look(basic.id).then(show).catch(() => {});
  return box;
}

async function look(id) {
  const found = await Promise.all([
    getOr('/api/customers/' + id, null).then((answer) => answer?.customer),
    get('/api/tickets' + query({ customer: id, limit: 50 })).then((page) => page.tickets, () => null),
  ]);
  known.clear();
  known.set(id, found);
  return found;
}

/** Contract, repeated calls, open tickets, arrears: what is not known is left out, never shown as nothing. */
function reminders(customer, others, ticket, show) {
  const open = others?.filter((one) => !desk.pack?.isFinal(one.type, one.state)) ?? [];
  const lately = others?.filter((one) => now() - Date.parse(one.openedAt) < repeatMilliseconds
    && one.category === ticket.category) ?? [];
  const ends = customer?.contractEnds;
  const record = (text) => h('button.quiet', { type: 'button', onclick: show }, text);
  const link = (path, text) => h('a', { href: path }, text);
  const list = [
    customer?.arrears ? h('li', { 'data-tone': 'late' }, record(t('remind.arrears', customer.arrears))) : null,
    lately.length ? h('li', { 'data-tone': 'risk' },
      link('/tickets/' + lately[0].number, t('remind.repeat', lately.length + 1))) : null,
    open.length ? h('li', { 'data-tone': 'work' },
      link('/' + query({ customer: customer?.id ?? ticket.customer?.id }), t('remind.open', open.length))) : null,
    ends && Date.parse(ends) - now() < contractMilliseconds
      ? h('li', { 'data-tone': 'wait' }, record(t('remind.contract', ends.slice(0, 10)))) : null,
  ].filter(Boolean);
  return list.length ? h('ul.reminders', list) : null;
}

/** What is known of a customer, to be looked at and noted. */
function record(customer, pack, done) {
  const field = (id, kind, more) => ({ id, name: both('field.' + id), kind, ...more });
  const form = fieldset(pack, '', [
    field('contractEnds', 'time'), field('accountManager', 'text', { maxLength: 100 }),
    field('serviceManager', 'text', { maxLength: 100 }), field('arrears', 'integer'),
  ], customer, { zone: desk.status.now });
  const said = h('p.problem', { role: 'alert' });
  const box = dialog(t('record') + ' · ' + (customer.name ?? ''), h('form', {
    onsubmit: async (event) => {
      event.preventDefault();
      const facts = form.read();
      if (facts.contractEnds) facts.contractEnds = Date.parse(facts.contractEnds);
      try {
        if (Object.keys(facts).length) await post('/api/customers/' + customer.id, { facts }, { key: newKey() });
        box.close();
        toast(t('done', t('record')));
        done();
      } catch (problem) { said.textContent = form.show(problem.errors ?? []).join('; ') || explain(problem); }
    },
  }, form.element, said, h('p.buttons', h('button', { type: 'button', onclick: () => box.close() }, t('cancel')),
    h('button.first', t('save')))));
}
