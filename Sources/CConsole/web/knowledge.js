// What the province knows: pushed to whoever takes a ticket, searched, written at the hub, added to at branches.

import { desk, explain } from './app.js';
import { get, getOr, newKey, post, query, send } from './api.js';
import { ask } from './asking.js';
import { debounce, dialog, fill, h, tell, toast } from './dom.js';
import { siteName } from './pack.js';
import { moment } from './time.js';
import { both, t } from './terms.js';

const articles = '/api/articles';
const contributions = '/api/contributions';
const textLengthMax = 800;

/** The newest of a text, as much as a request line takes, with no half of a character before it. */
const end = (text) => text.trim().slice(-textLengthMax).replace(/^[\uDC00-\uDFFF]/, '');
const matching = (text, category) =>
  getOr(articles + query({ text: end(text) || '-', category, limit: 3 }), null)
    .then((found) => found?.articles ?? [], () => []);
const button = (label, onclick, more) => h('button.quiet', { type: 'button', onclick, ...more }, label);

/** Pushes what fits what is being typed; of two questions under way only the later one is shown. */
export async function push(page, text) {
  const asked = text + page.category;
  if (asked === page.asked) return;
  page.asked = asked;
  const list = await matching(text, page.category);
  if (asked !== page.asked) return;
  for (const id of page.used) if (!list.some((one) => one.id === id)) page.used.delete(id);
  const shown = JSON.stringify(list);
  if (shown === page.shown) return;
  page.shown = shown;
  fill(page.pushed, card(list, ({ id }) => button(t('useIt'), ({ target }) => {
    if (!page.used.delete(id)) page.used.add(id);
    target.ariaPressed = page.used.has(id);
  }, { 'aria-pressed': String(page.used.has(id)) })));
  if (list.length) tell(t('knowledge'));
}

/** Notes what was used while a ticket was taken; the ticket stands whatever becomes of it. */
export async function noteUse(ticket, used) {
  const path = `/api/tickets/${ticket.id}/actions`;
  for (const article of used) {
    await post(path, { action: 'useArticle', article }, { key: newKey() })
      .catch((problem) => toast(explain(problem), 'late'));
  }
}

const heading = (one) => [h('span.tag', t('kind.' + one.kind)), ' ', h('b', one.title)];

function card(list, use) {
  return list.length ? h('section.card.knowledge', h('h2', t('knowledge')),
    list.map((one) => h('details', { open: one === list[0] },
      h('summary', heading(one), one.matched.map((word) => [' ', h('mark', word)])),
      h('p.muted', one.categories.map((id) => desk.pack?.categoryPath(id)).join('、')),
      words(one), desk.can('clerk') ? h('p.buttons', use(one), feedback(one)) : null))) : null;
}

/** The two views of one source, and what branches add below them. */
const words = ({ words, supplements }) => [h('p.kept', words.agent),
  words.customer ? [h('h3', t('forCustomer')), h('blockquote.kept', words.customer)] : null,
  supplements?.map((local) => [h('h3', t('supplement'), ' ', siteName(local.site), ' ', local.older
    ? h('span.tag', { 'data-tone': 'risk' }, t('olderWords')) : null), h('p.kept', local.text)])];

const feedback = ({ id: article }) => ['wrong', 'unclear'].map((purpose) => {
  const label = t('purpose.' + purpose);
  return button(label, () => ask(label, [long('text', true)], {}, contributions,
    (values) => ({ ...values, purpose, article }), { done }));
});

/** What was of use to a ticket, and what may be. */
export async function ofTicket(ticket, box, reload, isOpen) {
  const used = ticket.articles ?? [];
  const found = isOpen ? await matching(`${ticket.subject} ${ticket.fields.description ?? ''}`, ticket.category) : [];
  fill(box, used.length ? h('section.card', h('h2', t('used')), h('ul.plain', used.map((one) => h('li',
    button(one.title, () => past(one)), ' v' + one.version,
    one.state === 'withdrawn' ? h('span.tag', t('articleState.withdrawn')) : null)))) : null,
  card(found.filter((one) => !used.some(({ id }) => id === one.id)),
    ({ id }) => button(t('useIt'), () => noteUse(ticket, [id]).then(reload))));
}

/** As it was said then, also where it is said no longer. */
async function past({ id, version }) {
  try {
    const { article } = await get(articles + '/' + id + query({ version }));
    dialog(`${article.words.title} · v${version} · ${moment(article.publishedAt)}`, words(article), { wide: true });
  } catch (problem) { toast(explain(problem), 'late'); }
}

/** A closed ticket becomes a case: proposed by a branch, begun by the province. */
export function makeCase({ number: ticket, category }) {
  const writes = desk.isHub && desk.can('supervisor');
  ask(t('act.case'), [short('title', true), long('text', true)], {}, writes ? articles : contributions,
    ({ title, text }) => writes ? { kind: 'case', title, agent: text, ticket,
      categories: desk.pack?.categories.has(category) ? [category] : [] }
      : { purpose: 'case', title, text, ticket }, { hint: t('caseText') });
}

// Forms.

const own = ['title', 'agent', 'keywords'];
const field = (kind) => (id, required, maxLength) =>
  ({ id, kind, required, maxLength, name: both((own.includes(id) ? 'article.' : 'field.') + id) });
const long = field('text');
const short = (id, required) => long(id, required, 100);
const choice = (id, required, options) => ({ ...field('choice')(id, required), options });

function edit(label, article = { categories: [], keywords: [] }, etag = null) {
  if (!desk.pack) return toast(t('noStandard'), 'late');
  const [first, ...others] = article.categories;
  const kinds = ['article', 'case', 'script'].map((id) => ({ id, name: both('kind.' + id) }));
  ask(label, [choice('type', true, kinds), short('title', true), long('agent', true), long('customer'),
    choice('category', false, [...desk.pack.categories.values()]), long('keywords', false, 700),
  ], { type: article.kind ?? 'article', ...article.draft ?? article.words, category: first,
    keywords: article.keywords.join('、') }, [articles, article.id].filter(Boolean).join('/'),
  ({ type: kind, customer = '', category, keywords = '', ...rest }) => ({ ...rest, kind, customer,
    ...article.id ? { action: 'revise' } : null,
    // The form shows one category; others stay.
    categories: [category, ...others].filter((id, at, all) => id && all.indexOf(id) === at),
    keywords: keywords.split(parting).map((one) => one.trim()).filter(Boolean) }), { done, etag });
}

const parting = /[,，、;；\n]+/;
const done = () => document.dispatchEvent(new Event('knowledge'));

// The page.

export async function open(main, path, parameters) {
  const state = parameters.get('state') ?? '';
  const writes = desk.isHub && desk.can('supervisor');
  const [list, tasks] = [h('div'), h('div')];
  let last = 0;
  const load = async () => {
    const q = input.value.trim();
    const asked = last += 1;
    try {
      const found = await get(articles + query({ q: q.length > 1 ? q : '', state, limit: 50 }));
      if (asked !== last) return;
      fill(list, found.articles.map((one) => row(one, writes)),
        found.articles.length ? null : h('p.empty', t('foundCount', 0)),
        found.cut ? h('p.muted', t('onlyFirst', found.articles.length)) : null);
    } catch (problem) { if (asked === last) fill(list, h('p.empty', explain(problem))); }
  };
  const hear = async () => {
    const said = await get(contributions + query({ state: 'all' })).catch(() => null);
    if (said) fill(tasks, said.contributions.length ? h('section.card', h('h2', t('contributions')),
      said.contributions.map((one) => task(one, writes))) : null);
  };
  const name = t('searchKnowledge');
  const input = h('input', { type: 'search', maxlength: 100, 'aria-label': name, placeholder: name,
    oninput: debounce(250, load) });
  fill(main, h('div.narrow', h('h1', t('knowledge')), h('p.toggles',
    (desk.isHub ? ['', 'draft', 'review', 'withdrawn'] : []).map((one) => h('a.chip', {
      href: '/knowledge' + query({ state: one }), 'aria-current': state === one ? 'page' : null,
    }, t(one ? 'articleState.' + one : 'standardInForce'))), h('span.grow'),
    writes ? h('button.first', { type: 'button', onclick: () => edit(t('newArticle')) }, t('newArticle')) : null),
  input, list, tasks));
  const all = () => Promise.all([load(), hear()]);
  await all();
  document.addEventListener('knowledge', all);
  return { close: () => document.removeEventListener('knowledge', all) };
}

function row({ id, state, version, ...one }, writes) {
  const body = h('div');
  const path = articles + '/' + id;
  let etag = null;
  const step = (action, label, fields = []) =>
    button(label, () => ask(label, fields, {}, path, (values) => ({ action, ...values }), { done, etag }));
  const why = [short('reason', true)];
  const draw = async () => {
    const shown = await send('GET', path);
    const { article } = shown.data;
    etag = shown.etag;
    fill(body, article.reason ? h('p', h('span.tag', t('field.reason')), ' ', article.reason) : null,
      words({ ...article, words: article.draft ?? article.words }), h('p.buttons',
      desk.can('clerk') && version && state !== 'withdrawn' ? feedback(article) : null,
      writes && state !== 'withdrawn' ? [button(t('revise'), () => edit(t('revise'), article, etag)),
        state === 'draft' ? step('submit', t('submit')) : null,
        state === 'review' ? [step('publish', t('publish')), step('giveBack', t('act.giveBack'), why)] : null,
        step('withdraw', t('withdraw'), why)] : null,
      !desk.isHub && desk.can('supervisor') ? button(t('supplement'), () => ask(t('supplement'), [long('text')],
        article.supplements[0], path + '/supplement', ({ text = '' }) => ({ text }), { done })) : null));
  };
  const ontoggle = ({ target }) => { if (target.open) draw().catch((problem) => fill(body, explain(problem))); };
  return h('details.card', { ontoggle, data: { far: '' } }, h('summary', heading(one), version ? ' v' + version : '',
    state === 'published' ? null : h('span.tag', t('articleState.' + state))), body);
}

function task(one, writes) {
  const path = contributions + '/' + one.id;
  const answer = (outcome, label) => button(label, () => ask(label, [short('text')], {}, path,
    (values) => ({ outcome, ...values }), { done }));
  return h('div', h('p', h('span.tag', t(one.article ? 'purpose.' + one.purpose : 'kind.case')), ' ',
    h('b', one.article?.title ?? one.title), ' ', siteName(one.site), ' ',
    one.outcome ? h('span.tag', t('outcome.' + one.outcome))
      : h('span.tag', { 'data-tone': one.overdue ? 'late' : 'wait' }, moment(one.due))), h('p.kept', one.text),
  one.answer ? h('blockquote.kept', one.answer) : null,
  writes && !one.outcome ? h('p.buttons', answer('accepted', t('grant')), answer('refused', t('refuse'))) : null);
}
