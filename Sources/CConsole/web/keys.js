// What the keys do, shown on demand.

import { dialog, h } from './dom.js';
import { t } from './terms.js';

const keys = [
  ['/', 'keySearch'], ['N', 'newTicket'], ['J K', 'keyMove'], ['Enter', 'keyOpen'], ['X', 'keySelect'],
  ['[ ]', 'keyNeighbour'], ['1 … 9', 'keyStep'], ['D', 'keyDispatch'], ['M', 'act.note'], ['E', 'act.assign'],
  ['T', 'act.handOver'],
  ['U', 'act.expedite'], ['G', 'act.escalate'], ['Esc', 'keyBack'], ['?', 'keys'],
];

export function show() {
  const box = dialog(t('keys'), [
    h('dl.keys', keys.map(([key, word]) => h('div', h('dt', h('kbd', key)), h('dd', t(word))))),
    h('p.buttons', h('button', { type: 'button', onclick: () => box.close() }, t('close'))),
  ]);
}
