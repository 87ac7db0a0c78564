// Whose ticket it is: what is known, four reminders, and what else is going on with them.

import { desk } from './app.js';
import { get, getOr, query } from './api.js';
import { stage } from './badge.js';
import { fill, h } from './dom.js';
import { yuan } from './pack.js';
import { moment, now } from './time.js';
import { t } from './terms.js';

const repeatMilliseconds = 72 * 3600 * 1000;
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
      customer?.contractEnds
        ? h('div', h('dt', t('contractEnds')), h('dd', customer.contractEnds.slice(0, 10))) : null,
      ['accountManager', 'serviceManager'].map((who) => {
        const manager = ticket.fields[who] ?? customer?.[who];
        return manager ? h('div', h('dt', t(who)), h('dd', manager)) : null;
      })),
    reminders(customer, others, ticket),
    others?.length ? [h('h3', t('contacts')), h('ul.plain.contacts', others.slice(0, 8).map((one) => h('li',
      h('a', { href: '/tickets/' + one.number }, one.number), ' ', stage(pack, one.type, one.state),
      h('small', one.subject, ' · ', moment(one.openedAt)))))] : null,
    ] : h('p.muted', basic.id ? t('customerElsewhere') : t('noCustomer')));
  const [customer, others] = known.get(basic.id) ?? [];
  draw(customer, others?.filter((one) => one.number !== ticket.number));
  if (basic.id && name) {
    look(basic.id).then(([customer, others]) => draw(customer, others?.filter((one) => one.number !== ticket.number)))
      .catch(() => {});
  }
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
function reminders(customer, others, ticket) {
  const open = others?.filter((one) => !desk.pack?.isFinal(one.type, one.state)) ?? [];
  const lately = others?.filter((one) => now() - Date.parse(one.openedAt) < repeatMilliseconds
    && one.category === ticket.category) ?? [];
  const ends = customer?.reminders?.find((one) => one.kind === 'contract');
  const list = [
    customer?.arrears ? h('li', { 'data-tone': 'late' }, t('remind.arrears', customer.arrears)) : null,
    lately.length ? h('li', { 'data-tone': 'risk' }, h('a', { href: '/tickets/' + lately[0].number },
      t('remind.repeat', lately.length + 1))) : null,
    open.length ? h('li', { 'data-tone': 'work' }, h('a', { href: '/?customer=' + customer?.id },
      t('remind.open', open.length))) : null,
    ends ? h('li', { 'data-tone': 'wait' }, t('remind.contract', ends.at.slice(0, 10))) : null,
  ].filter(Boolean);
  return list.length ? h('ul.reminders', list) : null;
}
