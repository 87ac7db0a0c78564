// The queues at the left, with counts that live.

import { get, getOr } from './api.js';
import { fill, h, recall, remember } from './dom.js';
import { t } from './words.js';

/** Where a node has no queues of its own, counted one by one. */
const plain = [
  ['open', 'sort=due'], ['waiting', 'state=acknowledged&sort=due'], ['atRisk', 'due=atRisk&sort=due'],
  ['overdue', 'due=overdue&sort=due'],
  ['paused', 'due=paused'], ['followUp', 'state=resolved'], ['conflicts', 'conflicts=open'], ['all', ''],
];
const tones = { overdue: 'late', atRisk: 'risk', conflicts: 'risk' };

/** The same filter however its parts are ordered. */
export const canonical = (filter) => {
  const values = new URLSearchParams(filter);
  values.delete('view');
  values.sort();
  return values.toString();
};

async function count(filter) {
  const values = new URLSearchParams(filter);
  values.set('limit', '1');
  return (await get('/api/tickets?' + values)).total;
}

export async function loadQueues() {
  const told = await getOr('/api/queues', null);
  if (told) {
    const list = told.queues.map((queue) => ({ id: queue.id, filter: queue.filter, count: queue.count }));
    const has = (filter) => list.some((queue) => canonical(queue.filter) === filter);
    // What has a clock, where any runs, and everything are lists that every node has.
    const { open } = await get('/api/due');
    if (open && !has('sort=due')) list.unshift({ id: 'open', filter: 'sort=due', count: open });
    if (!has('')) list.push({ id: 'all', filter: '', count: null });
    return list;
  }
  return Promise.all(plain.map(async ([id, filter]) => ({ id, filter, count: await count(filter) })));
}

export const savedFilters = () => recall('filters', []);

export function saveFilter(name, filter) {
  remember('filters', [...savedFilters().filter((one) => one.name !== name), { name, filter }]);
}

export function drawQueues(box, queues, filter) {
  const here = canonical(filter);
  const entry = (label, target, number, tone) =>
    h('li', h('a', {
    href: '/' + (target ? '?' + target : '?view=all'), 'aria-current': canonical(target) === here ? 'page' : null,
    }, h('span', label), number === null || number === undefined ? null
      : h('b', { 'data-tone': number ? tone : null }, number.toLocaleString('en'))));
  const saved = savedFilters();
  fill(
    box, h('h2', t('queues')),
    h('ul', queues.map((queue) =>
      entry(t('queue.' + queue.id) || queue.id, queue.filter, queue.count, tones[queue.id]))),
    saved.length ? [
      h('h2', t('savedFilters')),
      h('ul', saved.map((one) => h('li.saved', entry(one.name, one.filter).firstChild, h('button.quiet', {
        type: 'button', 'aria-label': t('forget', one.name), title: t('forget', one.name),
        onclick: () => {
          remember('filters', savedFilters().filter((other) => other.name !== one.name));
          drawQueues(box, queues, filter);
        },
        }, '×')))),
    ] : null);
}
