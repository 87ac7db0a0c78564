// The clocks of a ticket, each with why it is due when it is.

import { h } from './dom.js';
import { named } from './pack.js';
import { moment, now, span, whole } from './time.js';
import { t } from './terms.js';

const tone = (clock) => {
  if (clock.standing === 'stopped') return clock.overdue ? 'late' : 'ok';
  if (clock.standing === 'paused') return 'wait';
  return clock.overdue ? 'late' : clock.atRisk ? 'risk' : 'calm';
};

function words(clock) {
  if (clock.standing === 'stopped') return t(clock.overdue ? 'stoppedLate' : 'stoppedInTime',
    moment(clock.stoppedAt));
  if (clock.standing === 'paused') return t('paused');
  if (!clock.dueAt) return t('noLimit');
  const left = Date.parse(clock.dueAt) - now();
  return t(left < 0 ? 'over' : 'left', span(left));
}

/** How much of the time has gone, as a bar that stands beside the words. */
function bar(clock) {
  if (!clock.dueAt) return null;
  const [from, due] = [Date.parse(clock.startedAt), Date.parse(clock.dueAt)];
  const at = clock.stoppedAt ? Date.parse(clock.stoppedAt) : now();
  const share = due > from ? Math.min(1, Math.max(0, (at - from) / (due - from))) : 1;
  return h('svg.bar', { viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    h('rect.track', { width: '100', height: '4', rx: '2' }),
    h('rect.part', { width: (share * 100).toFixed(1), height: '4', rx: '2' }));
}

export function clocksView(ticket, pack) {
  if (!ticket.clocks?.length) return h('p.muted', t('noClocks'));
  const step = (id) => named(ticket.steps?.find((one) => one.step === id)?.name) || id;
  return h('ul.clocks', ticket.clocks.map((clock) => h('li', { 'data-tone': tone(clock) },
    h('div.head',
      h('b', t('clock.' + clock.clock), clock.step ? ' · ' + step(clock.step) : '',
        clock.field ? ' · ' + pack.fieldName(ticket.type, clock.field) : ''),
      h('span.badge', { 'data-tone': tone(clock) }, words(clock))),
    bar(clock),
    h('p.muted', t('dueAt', moment(clock.dueAt)), clock.provisional ? ' · ' + t('provisional') : '',
      clock.unconfirmed ? ' · ' + t('unconfirmed') : ''),
    h('details', h('summary', t('why')), why(clock)))));
}

function why(clock) {
  return h('div.why',
    h('p', t('startedAt', whole(clock.startedAt))),
    clock.why.length ? h('ol', clock.why.map((line) => h('li', { class: line.decides ? 'decides' : '' },
      h('b', named(line.name)), ' ', h('span', limit(line.time)),
      line.decides ? h('span.tag', { 'data-tone': 'work' }, t('decides')) : null,
      h('br'),
      h('small', t('source.' + line.source), ' · ', line.reference, ' · ', t('confidence.' + line.confidence),
        line.dueAt ? ' · ' + t('dueAt', moment(line.dueAt)) : '')))) : h('p', t('noLimit')),
    clock.pauses.length ? h('p', t('pauses')) : null,
    clock.pauses.length ? h('ul', clock.pauses.map((pause) =>
      h('li', whole(pause.from), ' → ', pause.to ? whole(pause.to) : t('stillPaused'),
        pause.to ? ' (' + span(Date.parse(pause.to) - Date.parse(pause.from)) + ')' : '',
        pause.reason ? ' · ' + pause.reason : ''))) : null,
    (clock.provisionally ?? []).map((before) => h('p', t('before', whole(before.dueAt), before.calendar))),
    clock.calendar ? h('small', t('calendar', clock.calendar)) : null);
}

/** A limit as the standard writes it, in the language of the page; left as it is where it is not understood. */
function limit(text) {
  const plain = /^(\d+) (working )?(minute|hour|day)s?$/.exec(text);
  if (plain) return t((plain[2] ? 'limit.working' : 'limit.natural') + plain[3], plain[1]);
  const sameDay = /^the same day before (\S+), else (\d+) hours?$/.exec(text);
  return sameDay ? t('limit.sameDay', sameDay[1], sameDay[2]) : text;
}
