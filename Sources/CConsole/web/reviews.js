// What a person has to look at: conflicts, requests that happen once, changes that the province refused.

import { text } from './actions.js';
import { desk, explain } from './app.js';
import { get, newKey, post, query } from './api.js';
import { ask } from './asking.js';
import { conflictView } from './conflicts.js';
import { debounce, fill, h, toast } from './dom.js';
import { live } from './live.js';
import { siteName, yuan } from './pack.js';
import { moment, whole } from './time.js';
import { step } from './timeline.js';
import { t } from './terms.js';

const views = { '/conflicts': conflicts, '/decisions': decisions, '/refusals': refusals };

export async function open(main, path, parameters) {
  const page = { close: () => {} };
  const load = async () => { await views[path](main, parameters, load); };
  await load();
  const again = debounce(800, () => { if (!document.querySelector('dialog[open]')) load().catch(() => {}); });
  page.close = live.listen({ all: again, ticket: again });
  page.tick = () => { if (!live.isOpen()) again(); };
  return page;
}

const tabs = (path, parameters, name, words) => h('p.toggles', words.map(([value, label]) => h('a.chip', {
  href: path + (value ? `?${name}=${value}` : ''),
  'aria-current': (parameters.get(name) ?? '') === value ? 'page' : null,
  }, label)));

async function conflicts(main, parameters, load) {
  const open = parameters.get('open') ?? '';
  const [page,
    counts] = await Promise.all([get('/api/conflicts' + query({ open, after: parameters.get('after') })),
    get('/api/conflicts/counts')]);
  fill(main,
    h('div.narrow', h('h1', t('conflicts')),
      tabs('/conflicts', parameters, 'open',
        [['', t('openOnes') + ' ' + counts.open], ['false', t('settledOnes') + ' ' + counts.settled]]),
      h('p.muted', t('conflictsText')),
      page.conflicts.length ? h('ul.conflicts', page.conflicts.map((conflict) => h('li.card',
        h('p', h('a.number', { href: '/tickets/' + conflict.number }, conflict.number)),
        h('ul.conflicts',
          conflictView(conflict, { ticket: null, pack: desk.pack, etag: page.etags[conflict.ticket], load })))))
        : h('p.empty', t('noConflicts')),
      page.next ? h('a.button', { href: '/conflicts' + query({ open, after: page.next }) }, t('more')) : null));
}

async function decisions(main, parameters, load) {
  const state = parameters.get('state') ?? '';
  const { decisions, next, total } = await get('/api/decisions'
    + query({ state, limit: 200, after: parameters.get('after') }));
  const may = desk.isHub && desk.can('supervisor');
  fill(main,
    h('div.narrow', h('h1', t('decisions')),
      tabs('/decisions', parameters, 'state',
        [['', t('allOnes')], ['open', t('outcome.open')], ['granted', t('outcome.granted')],
          ['refused', t('outcome.refused')]]),
      h('p.muted', t('shownOf', decisions.length, total), may ? '' : ' · ' + t('decidedAtHub')),
      decisions.length
        ? h('div.scroll',
        h('table.grid.card',
          h('thead',
            h('tr', ['column.number', 'field.amountFen', 'field.charge', 'field.reason', 'askedBy', 'state',
              'actions'].map((name) => h('th', { scope: 'col' }, t(name))))),
          h('tbody', decisions.map((one) => h('tr',
            h('td', h('a.number', { href: '/tickets/' + one.number }, one.number)),
            h('td.n', h('b', yuan(one.amountFen))), h('td', one.charge), h('td', one.reason || '–'),
            h('td', one.actor,
              h('small', siteName(one.site), ' · ',
                h('time', { datetime: one.at, title: whole(one.at) }, moment(one.at)))),
            h('td', h('span.tag', { 'data-tone': { granted: 'ok', refused: 'late' }[one.state] ?? 'wait' },
              t('outcome.' + one.state)), one.answerReason ? h('small', one.answerReason) : null),
            h('td', may && one.state === 'open'
              ? h('span.buttons',
                h('button.first', { type: 'button', onclick: () => decide(one, 'granted', load) }, t('grant')),
                h('button', { type: 'button', onclick: () => decide(one, 'refused', load) }, t('refuse'))) : null))))))
        : h('p.empty', t('nothingHere')),
      next ? h('a.button', { href: '/decisions' + query({ state, after: next }) }, t('more')) : null));
}

function decide({ request, amountFen, number, charge, reason: why }, outcome, load) {
  const send = t(outcome === 'granted' ? 'grant' : 'refuse');
  ask(`${send} · ${yuan(amountFen)} · ${number}`,
    [text('reason', { required: outcome === 'refused', maxLength: 1000 })], {}, '/api/decisions',
    ({ reason = '' }) => ({ request, outcome, reason }),
    { done: load, told: ({ decision }) => t('outcome.' + decision.state), send,
      hint: h('p.muted', charge, ' · ', why) });
}

async function refusals(main, parameters, load) {
  const { refusals } = await get('/api/refusals?limit=200');
  fill(main,
    h('div.narrow', h('h1', t('refusals')), h('p.muted', t('refusalsText')),
      refusals.length ? h('ul.plain', refusals.map((one) => h('li.card',
        h('p', h('a.number', { href: '/tickets/' + one.number }, one.number), ' ', one.actor, ' · ', siteName(one.site),
          ' · ', moment(one.at)), h('p', one.reason),
        h('p.muted',
          one.effects.map((effect) => effect.kind === 'moved' ? step(desk.pack, null, effect.name)
            : desk.pack?.fieldName(null, effect.field ?? '') || effect.kind).join('、')),
        desk.can('clerk') ? h('p.buttons', h('button', {
          type: 'button',
          onclick: () => post(`/api/refusals/${encodeURIComponent(one.change)}/reinstate`, undefined, { key: newKey() })
            .then(() => { toast(t('reinstated')); load(); }, (problem) => toast(explain(problem), 'late')),
          }, t('doAgain'))) : null))) : h('p.empty', t('nothingHere'))));
}
