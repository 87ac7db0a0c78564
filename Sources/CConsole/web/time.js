// Times come with the province's own offset and are shown as they are written; no browser zone comes in.

import { t } from './words.js';

let ahead = 0;
let zone = '+08:00';

/** Notes the node's clock, which may differ from this machine's, and the province's zone. */
export function setNow(text) {
  if (!text) return;
  ahead = Date.parse(text) - Date.now();
  zone = /[+-]\d\d:\d\d$/.exec(text)?.[0] ?? zone;
}

export const now = () => Date.now() + ahead;

/** The present, or so many milliseconds later, as the node writes times. */
export function stamp(later = 0) {
  const minutes = (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  return new Date(now() + later + minutes * 60000).toISOString().slice(0, 23) + zone;
}

/** The date of today in the province. */
export const today = () => stamp().slice(0, 10);

/** `08:06` of today, else `11-28 08:06`, with the year when it is another. */
export function moment(text) {
  if (!text) return '–';
  const day = today();
  if (text.startsWith(day)) return text.slice(11, 16);
  return (text.slice(0, 4) === day.slice(0, 4) ? text.slice(5, 10) : text.slice(0, 10)) + ' ' + text.slice(11, 16);
}

/** To the second. */
export const whole = (text) => text ? text.slice(0, 10) + ' ' + text.slice(11, 19) : '–';

/** The two largest units of a span. */
export function span(milliseconds) {
  const minutes = Math.floor(Math.abs(milliseconds) / 60000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days) return t('spanDays', days) + (hours ? t('spanHours', hours) : '');
  if (hours) return t('spanHours', hours) + (rest ? t('spanMinutes', rest) : '');
  return t('spanMinutes', rest);
}

export const ago = (text) => {
  if (!text) return t('never');
  const passed = now() - Date.parse(text);
  return passed < 60000 ? t('justNow') : t('ago', span(passed));
};
