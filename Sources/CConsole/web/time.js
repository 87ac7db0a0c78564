// Times come with the province's own offset and are shown as they are written; no browser zone comes in.

import { t } from './words.js';

let ahead = 0;

/** Notes the node's clock, which may differ from this machine's. */
export function setNow(text) { if (text) ahead = Date.parse(text) - Date.now(); }

export const now = () => Date.now() + ahead;

/** The date of today, as the province's zone has it. */
export function today(sample) {
  const zone = /([+-])(\d\d):(\d\d)$/.exec(sample ?? '');
  const minutes = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 480;
  return new Date(now() + minutes * 60000).toISOString().slice(0, 10);
}

/** `08:06` of today, else `11-28 08:06`, with the year when it is another. */
export function moment(text) {
  if (!text) return '–';
  const day = today(text);
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
