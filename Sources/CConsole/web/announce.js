// What the province says about a disturbance: shown where it applies, published and withdrawn at the hub.

import { desk, explain } from './app.js';
import { getOr, newKey, post, query } from './api.js';
import { ask } from './asking.js';
import { h, toast } from './dom.js';
import { allSites, named, siteName } from './pack.js';
import { moment, now, span, stamp } from './time.js';
import { both, t } from './terms.js';

/** How long an announcement holds unless somebody says otherwise. */
const usualMilliseconds = 4 * 3600 * 1000;

export const announced = (filter) => getOr('/api/announcements' + query(filter), null)
  .then((answer) => answer?.announcements ?? [], () => []);

/**
 * A strip for each, with what is to be read to customers; null where nothing is announced.
 * @param hits how many tickets each hits, by identifier
 */
export function strips(list, reload, hits) {
  if (!list?.length) return null;
  return h('section.card.alert.announced', { 'aria-label': t('announced') }, list.map((one) => {
    const isComing = one.state === 'planned';
    return h('div',
      h('p', h('span.tag', { 'data-tone': 'late' }, t('announced')), ' ',
        h('b', one.categories.map((id) => desk.pack?.category(id) ?? id).join('、')), ' ',
        [...one.sites.map(siteName), one.area].filter(Boolean).join('、') || t('wholeProvince'), ' · ',
        h('time', { title: moment(one.until) }, isComing ? t('beginsAt', moment(one.from))
          : t('left', span(Math.max(0, Date.parse(one.until) - now())))),
        one.ticket ? [' · ', h('a', { href: '/tickets/' + one.ticket.number }, one.ticket.number)] : null,
        hits?.[one.id] ? [' · ', h('a', { href: '/?announcement=' + one.id }, t('hits', hits[one.id]))] : null, ' ',
        desk.isHub && desk.can('supervisor') && reload
          ? h('button.quiet', { type: 'button', onclick: () => withdraw(one, reload) }, t('withdraw')) : null),
      h('blockquote', named(one.text)));
  }));
}

async function withdraw(one, reload) {
  try {
    await post(`/api/announcements/${one.id}/withdraw`, {}, { key: newKey() });
    toast(t('withdrawn'));
    reload();
  } catch (problem) { toast(explain(problem), 'late'); }
}

/**
 * Asks for an announcement and publishes it.
 * @param values what is known already: `category`, `site`, `ticket`
 */
export function publish(values, done = () => {}) {
  const { pack } = desk;
  const option = (id, name) => ({ id, name });
  const text = (id, maxLength, more) => ({ id, name: both('announce.' + id), kind: 'text', maxLength, ...more });
  const choice = (id, options, more) => ({ id, name: both('announce.' + id), kind: 'choice', options, ...more });
  const wordings = (values.category && pack.wordings(values.category).length ? pack.wordings(values.category)
    : pack.document.wordings ?? []).map((one) => option(one.id, { zh: one.zh.slice(0, 40), en: one.en.slice(0, 60) }));
  const categories = [...pack.categories.keys()].map((id) => option(id, { zh: pack.categoryPath(id),
    en: pack.categoryPath(id) }));
  ask(t('act.announce'), [
    choice('categories', categories, { required: true }), choice('wording', wordings),
    text('zh', 2000), text('en', 2000),
    choice('sites', allSites().filter((site) => site.role === 'branch').map((site) => option(site.site, site.name))),
    text('area', 200), { id: 'until', name: both('announce.until'), kind: 'time', required: true },
    text('ticket', 40),
  ], {
    categories: values.category, sites: values.site, ticket: values.ticket,
    wording: wordings.length === 1 ? wordings[0].id : null, until: stamp(usualMilliseconds),
  }, '/api/announcements', ({ categories, sites, ...rest }) =>
    ({ ...rest, categories: [categories], sites: sites ? [sites] : [] }),
  { done, send: t('publish'), about: values });
}
