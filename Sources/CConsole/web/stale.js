// A form that was saved over a newer value: both are shown, and one is chosen, field by field.

import { explain } from './app.js';
import { newKey } from './api.js';
import { perform } from './actions.js';
import { dialog, h, remember, toast } from './dom.js';
import { t } from './terms.js';

export function stale(page, action, values, problem, draftName) {
  const { ticket, pack } = page;
  const name = (item) => item.field ? pack?.fieldName(ticket.type, item.field) ?? item.field
    : t('subject.' + item.subject);
  const say = (item, value) => item.subject === 'stage' ? pack?.stateName(ticket.type, value) ?? value
    : pack?.value(ticket.type, item.field, value, ticket.attachments) ?? String(value ?? '–');
  const hasStage = problem.changed.some((item) => item.subject === 'stage');
  const rows = problem.changed.map((item, index) => {
    const pick = (value) =>
      h('input',
      { type: 'radio', name: 'pick-' + index, value, checked: value === 'theirs' || null,
        id: `pick-${index}-${value}` });
    const cell = (value, content) =>
      h('td', h('label', { for: `pick-${index}-${value}` }, item.subject === 'field' ? pick(value) : null, ' ',
      content));
    return h('tr', h('th', { scope: 'row' }, name(item)), h('td', h('del', say(item, item.shown))),
      cell('theirs', say(item, item.current)),
      item.subject === 'field' ? cell('mine', say(item, item.wanted)) : h('td', say(item, item.wanted)));
  });
  const finish = async (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    const kept = { ...values };
    problem.changed.forEach((item, index) => {
      if (item.subject === 'field' && data.get('pick-' + index) === 'theirs') delete kept[item.field];
    });
    box.close();
    try {
      if (hasStage || (action.id === 'assign' && !Object.keys(kept).length)) await page.load();
      else await perform(page, action, kept, newKey(), problem.etag);
      remember(draftName, null);
    } catch (again) {
      if (again.status === 412 && again.changed) return stale(page, action, kept, again, draftName);
      toast(explain(again), 'late');
    }
  };
  const box = dialog(t('changedMeanwhile'), h('form', { onsubmit: finish },
    h('p', t(hasStage ? 'stageChanged' : 'chooseEach')),
    h('table.compare',
      h('thead',
        h('tr', ['', t('shownValue'), t('currentValue'),
          t('wantedValue')].map((text) => h('th', { scope: 'col' }, text)))), h('tbody', rows)),
    h('p.buttons', h('button', { type: 'button', onclick: () => { box.close(); page.load(); } }, t('cancel')),
      h('button.first', hasStage ? t('showNew') : t('saveChosen')))), { wide: true });
}
