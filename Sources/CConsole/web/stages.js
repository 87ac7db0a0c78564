// Where a ticket stands between its beginning and its end.

import { h } from './dom.js';
import { moment } from './time.js';

/** The stages that it went through, and the shortest way from here to its end. */
export function stageLine(ticket, pack) {
  const form = pack?.types.get(ticket.type);
  if (!form) return h('p', ticket.state);
  const passed = [{ id: form.initial, at: ticket.openedAt }];
  for (const entry of ticket.timeline) {
    for (const effect of entry.effects) if (effect.kind === 'moved') passed.push({ id: effect.to, at: entry.at,
      actor: entry.actor });
  }
  if (passed.at(-1).id !== ticket.state) passed.push({ id: ticket.state });
  const shown = passed.length > 6 ? [passed[0], null, ...passed.slice(-4)] : passed;
  return h('ol.line-of-stages',
    shown.map((stop, index) => stop === null ? h('li.gap', '…') : h('li', {
      class: index === shown.length - 1 ? 'now' : 'done', 'data-tone': pack.tone(ticket.type, stop.id),
      'aria-current': index === shown.length - 1 ? 'step' : null,
      }, h('b', pack.stateName(ticket.type, stop.id)),
      h('small', stop.at ? moment(stop.at) : '', stop.actor ? ' ' + stop.actor : ''))),
    wayOn(form, ticket.state).map((id) => h('li.next', h('b', pack.stateName(ticket.type, id)))));
}

/** The shortest way from a state to the end, over what neither waits nor gives up. */
export function wayOn(form, from) {
  const goal = form.states.find((state) => state.final && state.status === 'closed')?.id;
  const before = new Map([[from, null]]);
  const queue = [from];
  while (queue.length) {
    const at = queue.shift();
    if (at === goal) break;
    for (const rule of form.transitions) {
      const status = form.states.find((state) => state.id === rule.to)?.status;
      if (!rule.from.includes(at) || before.has(rule.to)
        || ['pending', 'held', 'cancelled', 'rejected'].includes(status)) continue;
      before.set(rule.to, at);
      queue.push(rule.to);
    }
  }
  const way = [];
  for (let at = goal; at && at !== from && before.has(at); at = before.get(at)) way.unshift(at);
  return way;
}
