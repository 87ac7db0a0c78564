// Conflicts of a ticket: both values with who wrote them, the rule that decided, and reinstate in one press.

import { desk, explain } from './app.js';
import { newKey, post } from './api.js';
import { h, toast } from './dom.js';
import { named, siteName } from './pack.js';
import { moment, whole } from './time.js';
import { t } from './terms.js';

/** @param page has `ticket`, `pack`, `etag`, `load()` */
export function conflictsView(page, isSettled = false) {
  return h('ul.conflicts', page.ticket.conflicts.filter((conflict) => conflict.settled === isSettled)
    .map((conflict) => conflictView(conflict, page)));
}

export function conflictView(conflict, { ticket, pack, etag, load }) {
  const type = ticket?.type;
  const say = (side) => conflict.subject === 'stage'
    ? [side.step ? named(side.step.label) + ' → ' : '', pack?.stateName(type, side.value) ?? side.value]
    : [conflict.field && pack ? pack.value(type, conflict.field, side.value, ticket?.attachments)
      : String(side.value ?? '–')];
  const side = (label, one, tone) => one ? h('div.one-side', { 'data-tone': tone },
    h('small.muted', label), h('b', say(one)),
    h('small', one.actor, ' · ', siteName(one.site), ' · ',
      h('time', { datetime: one.at, title: whole(one.at) }, moment(one.at)))) : null;
  const act = async (verb) => {
    try {
      const { data } = await post(`/api/conflicts/${encodeURIComponent(conflict.losing.change)}/${verb}`, undefined,
        { key: newKey(), etag });
      const left = data.left.map((one) => one.reason).join(' ');
      toast(t(verb === 'settle' ? 'settled' : 'reinstated') + (left ? ' ' + left : ''), left ? 'risk' : 'ok');
    } catch (problem) { toast(problem.status === 412 ? t('changedLook') : explain(problem), 'late'); }
    load();
  };
  const isSame = conflict.current && conflict.current.change === conflict.winning.change;
  return h('li.conflict',
    h('p', h('b', conflict.subject === 'stage' ? t('column.stage') : named(conflict.fieldName)), ' ',
      h('span.muted', t('rule.' + conflict.rule))),
    h('div.sides', side(t('inForce'), conflict.winning, 'ok'), side(t('keptAside'), conflict.losing, 'risk'),
      isSame ? null : side(t('nowIs'), conflict.current, 'work')),
    (conflict.steps ?? []).length > 1
      ? h('p.muted', t('stepsOvertaken', conflict.steps.map((step) => named(step.step?.label)).join('、'))) : null,
    conflict.settled
      ? h('p.muted',
      t('settledBy', conflict.settledBy?.actor ?? '', siteName(conflict.settledBy?.site),
        moment(conflict.settledBy?.at)))
      : desk.can('clerk')
      ? h('p.buttons', h('button.first', { type: 'button', onclick: () => act('settle') }, t('keepWinner')),
      h('button', { type: 'button', onclick: () => act('reinstate') }, t('reinstate'))) : null);
}
