// The province's standards: what is in force, what comes, what a new one would change.

import { desk, explain } from './app.js';
import { get, query, send } from './api.js';
import { difference } from './difference.js';
import { fill, h, toast } from './dom.js';
import { named, siteName } from './pack.js';
import { moment, whole } from './time.js';
import { t } from './terms.js';

export async function open(main) {
  const { standards } = await get('/api/standards');
  const area = h('div');
  const documentOf = async (version) => (await get('/api/standards/' + encodeURIComponent(version)))
    .standard.document;
  const current = standards.find((one) => one.current);
  const compare = async (from, to, label) => {
    fill(area, h('p.muted', t('reading')));
    try {
      const [before,
        after] = await Promise.all([from, to].map((one) => typeof one === 'string' ? documentOf(one) : one));
      fill(area, h('section.card', h('h2', label), differences(difference(before, after))));
    } catch (problem) { fill(area, h('p.problem', explain(problem))); }
    area.scrollIntoView({ block: 'nearest' });
  };
  fill(main, h('div.narrow', h('h1', t('standards')),
    h('div.card.scroll', h('table.grid',
      h('thead', h('tr', ['version', 'effectiveAt', 'publishedAt', 'state', 'actions'].map((name) =>
        h('th', { scope: 'col' }, t(name))))),
      h('tbody', standards.map((one, index) => {
        const before = standards[index + 1];
        const isComing = Date.parse(one.effectiveAt) > Date.parse(desk.status.now) && !one.current;
        const show = () => compare(before.version, one.version, `${before.version} → ${one.version}`);
        return h('tr',
          h('td', h('b', one.version)),
          h('td', h('time', { title: whole(one.effectiveAt) }, moment(one.effectiveAt))),
          h('td', moment(one.publishedAt)),
          h('td', h('span.tag', { 'data-tone': one.current ? 'ok' : isComing ? 'work' : 'off' },
            t(one.current ? 'standardInForce' : isComing ? 'standardComing' : 'standardPast'))),
          h('td', before ? h('button', { type: 'button', onclick: show }, t('compareWith', before.version)) : null));
    })))),
    desk.isHub && desk.can('administrator') ? publisher(current, compare) : null, area));
}

/** Reads a pack from a file, shows what it would change, and only then publishes it. */
function publisher(current, compare) {
  const said = h('div', { role: 'alert' });
  const effective = h('input', { type: 'datetime-local', id: 'effective' });
  const publish = h('button.first', { type: 'button', disabled: true }, t('publish'));
  let text = '';
  const refuse = (problem) => fill(said, h('p.problem', explain(problem)),
    problem.findings?.length ? h('ul', problem.findings.slice(0, 30).map(finding)) : null);
  const file = h('input', {
    type: 'file', id: 'pack-file', accept: '.json,application/json',
    onchange: async () => {
      fill(said);
      publish.disabled = true;
      text = await file.files[0]?.text() ?? '';
      try {
        const document = JSON.parse(text);
        await compare(current?.version ?? {}, document, `${current?.version ?? ''} → ${document.version ?? '?'}`);
      } catch { return fill(said, h('p.problem', t('notJSON'))); }
      try {
        const { data } = await send('POST', '/api/standards/preview', { body: text, type: 'application/json' });
        fill(said, whom(JSON.parse(text), data.preview.concerns), touched(data.preview.branches));
        publish.disabled = false;
      } catch (problem) { refuse(problem); }
    },
  });
  publish.addEventListener('click', async () => {
    publish.disabled = true;
    const zone = /[+-]\d\d:\d\d$/.exec(desk.status.now)?.[0] ?? '';
    try {
      const { data } = await send('POST',
        '/api/standards' + query({ effective: effective.value ? effective.value + ':00' + zone : '' }),
        { body: text, type: 'application/json' });
      toast(t('published', data.standard.version));
    } catch (problem) {
      refuse(problem);
      publish.disabled = false;
    }
  });
  return h('section.card', h('h2', t('publishNew')), h('p.muted', t('publishText')), h('div.fields',
    h('div.field', h('label', { for: 'pack-file' }, t('packFile')), file),
    h('div.field', h('label', { for: 'effective' }, t('effectiveAt')), effective)),
    said, h('p.buttons', publish));
}

const finding = (one) => h('li', h('code', one.path), ' ', one.problem, ' ', one.remedy);

/** The roles, ticket types, categories and departments that will notice, as the new standard calls them. */
function whom(pack, concerns) {
  const all = [pack.roles, pack.ticketTypes, pack.categories, pack.departments].flat();
  const names = concerns.map((id) => named(all.find((one) => one?.id === id)?.name) || id);
  return names.length ? h('p.concerns', t('previewWhom', names.join('、'))) : null;
}

/** What branches have settled for themselves and would no longer count. */
function touched(branches) {
  if (!branches.length) return h('p', t('previewNone'));
  return [h('h3', t('previewSome', branches.length)), branches.map((branch) => h('details', { open: true },
    h('summary', siteName(branch.site)), h('ul',
      branch.overtaken.map((one) => h('li', t('previewLimit', one.limit, one.branch, one.province ?? '–'))),
      branch.broken.map(finding))))];
}

function differences(list) {
  if (!list.length) return h('p', t('noDifference'));
  const sections = [...new Set(list.map((one) => one.section))];
  return [h('p.muted', t('differenceCount', list.length)),
    sections.map((section) => h('details.differences', { open: sections.length < 4 || null },
      h('summary', t('pack.' + section) || section, ' ',
        h('b', String(list.filter((one) => one.section === section).length))),
      h('ul.plain', list.filter((one) => one.section === section).slice(0, 200).map((one) => h('li',
        h('span.tag', { 'data-tone': { added: 'ok', removed: 'late', changed: 'work' }[one.kind] },
          t('difference.' + one.kind)), ' ', h('b', one.what), ' ',
        one.kind === 'changed' ? [h('span.muted', one.path, ' '), h('del', one.before), ' → ', h('ins', one.after)]
          : null)))))];
}
