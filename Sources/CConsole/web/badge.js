// How much time is left, and the other small marks of a ticket.

import { h } from './dom.js';
import { moment, now, span } from './time.js';
import { t } from './words.js';

/** @param due as lists have it, or null where no clock is open. */
export function timeLeft(due) {
  if (!due) return h('span.badge', { 'data-tone': 'none' }, '–');
  if (!due.at) return h('span.badge', { 'data-tone': 'off' }, t(due.stale ? 'counting' : 'noLimit'));
  const left = Date.parse(due.at) - now();
  const isOver = left < 0;
  const isAtRisk = !isOver && (due.atRisk || (due.warnAt && Date.parse(due.warnAt) <= now()));
  const tone = due.paused ? 'wait' : isOver ? 'late' : isAtRisk ? 'risk' : 'calm';
  const text = due.paused ? t('paused') : t(isOver ? 'over' : 'left', span(left));
  const notes = [due.clock ? t('clock.' + due.clock) : '', moment(due.at)];
  if (due.provisional) notes.push(t('provisional'));
  if (due.unconfirmed) notes.push(t('unconfirmed'));
  return h('span.badge', { 'data-tone': tone, title: notes.filter(Boolean).join(' · ') },
    text, due.unconfirmed || due.provisional ? h('sup', '?') : null);
}

/** What is only here so far, what has conflicts. */
export function marks(ticket) {
  return [
    ticket.onlyHere ? h('span.here', { title: t('onlyHere'), role: 'img', 'aria-label': t('onlyHere') }) : null,
    ticket.supervised ? h('span.tag', { 'data-tone': 'late' }, t('field.supervised')) : null,
    ticket.openConflicts
      ? h('span.tag', { 'data-tone': 'risk', title: t('openConflicts') }, t('conflictMark', ticket.openConflicts))
      : null,
  ];
}

export const stage = (pack, type, state) =>
  h('span.stage', { 'data-tone': pack?.tone(type, state) ?? 'off' }, pack?.stateName(type, state) ?? state);
