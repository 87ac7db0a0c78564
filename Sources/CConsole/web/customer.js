// Whose ticket it is: what is known, four reminders, and what else is going on with them.

import { get, getOr, query } from './api.js';
import { stage } from './badge.js';
import { fill, h } from './dom.js';
import { yuan } from './pack.js';
import { moment } from './time.js';
import { t } from './terms.js';

const tones = { contract: 'wait', repeat: 'risk', open: 'work', arrears: 'late' };
/** Contacts that are not folded away. */
const unfolded = 8;
const known = new Map();

export function customerView(ticket, pack) {
  const box = h('section.card');
  const basic = ticket.customer ?? {};
  const name = basic.name || ticket.fields.customerName;
  const phone = basic.phone || ticket.fields.contactPhone;
  const contacts = (list) => h('ul.plain.contacts', list.map((one) => h('li',
    h('a', { href: '/tickets/' + one.number }, one.number), ' ', stage(pack, one.type, one.state),
    h('small', [one.channel && pack?.value(one.type, 'channel', one.channel), one.subject, moment(one.openedAt)]
      .filter(Boolean).join(' · ')))));
  const without = (page) => page?.tickets.filter((one) => one.number !== ticket.number);
  const draw = (customer, page, others = without(page)) => fill(box, h('h2', t('customer')), name || phone ? [
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
    basic.id ? null : h('p.muted', t('notKept')), reminders(customer, ticket, pack),
    others?.length ? [
      h('h3', t('contacts')), contacts(others.slice(0, unfolded)),
      others.length > unfolded ? h('details',
        h('summary', t('more') + ' ' + (page.total - 1 - unfolded)), contacts(others.slice(unfolded)),
        h('a', { href: '/?customer=' + basic.id }, t('queue.all'))) : null,
      ] : null,
    ] : h('p.muted', basic.id ? t('customerElsewhere') : t('noCustomer')));
  draw(...known.get(basic.id) ?? []);
  if (basic.id && name) look(basic.id).then((found) => draw(...found)).catch(() => {});
  return box;
}

async function look(id) {
  const found = await Promise.all([
    getOr('/api/customers/' + id, null).then((answer) => answer?.customer),
    get('/api/tickets' + query({ customer: id, limit: 100 })).catch(() => null),
  ]);
  known.clear();
  known.set(id, found);
  return found;
}

/** As the node tells them: what is not known is left out, never shown as nothing. */
function reminders(customer, ticket, pack) {
  const list = (customer?.reminders ?? []).map(({ kind, at, months, category, tickets = [] }) => {
    const others = tickets.filter((number) => number !== ticket.number);
    if (kind === 'open' && !others.length) return null;
    const count = kind === 'open' ? others.length : tickets.length;
    const text = t('remind.' + kind, at?.slice(0, 10) ?? months ?? count)
      + (category ? ' · ' + pack?.category(category) : '');
    return h('li', { 'data-tone': tones[kind] }, others.length ? h('a',
      { href: kind === 'open' ? '/?customer=' + customer.id : '/tickets/' + others[0] }, text) : text);
  }).filter(Boolean);
  return list.length ? h('ul.reminders', list) : null;
}
