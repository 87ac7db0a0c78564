// Small charts as SVG: the number always stands beside them as text.

import { h } from './dom.js';

/** How much of a whole is over its time. */
export function shareBar(part, whole, isDim) {
  const share = whole ? part / whole : 0;
  const text = (share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0) + '%';
  return h('span.share', { class: isDim ? 'dim' : '' }, h('svg', { viewBox: '0 0 60 8', 'aria-hidden': 'true' },
    h('rect.track', { width: '60', height: '8', rx: '2' }),
    h('rect.late', { width: (share * 60).toFixed(1), height: '8', rx: '2' })), text);
}

/** Today's count as a bar, the usual one as a stroke across it. */
export function usualBar({ today, usual }, most) {
  const at = (value) => (value / most * 100).toFixed(1);
  return h('svg.usual', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    h('rect.track', { width: '100', height: '10', rx: '2' }),
    h('rect',
      { class: usual !== null && usual !== undefined && today > usual * 1.5 ? 'late' : 'part', width: at(today),
        height: '10', rx: '2' }),
    usual ? h('line', { x1: at(usual), x2: at(usual), y1: '0', y2: '10' }) : null);
}
