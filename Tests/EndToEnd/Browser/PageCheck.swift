import Standards

/// What can be seen of a page's fitness for everybody without a library: names, labels, order, contrast, focus.
enum PageCheck {
    /// Contrast that WCAG 2.2 AA asks for: of large text, and of any other.
    private static let script = """
        const found = [];
        const say = (what, element) => found.push(what + ': ' + element.outerHTML.slice(0, 120));
        const isShown = (element) => element.checkVisibility({ visibilityProperty: true })
          && element.getClientRects().length > 0;
        const all = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
        const words = (id) => document.getElementById(id)?.textContent.trim();
        const nameOf = (element) => element.getAttribute('aria-label')?.trim()
          || (element.getAttribute('aria-labelledby') ?? '').split(' ').map(words).join('').trim()
          || [...element.labels ?? []].map((label) => label.textContent.trim()).join('')
          || (element.matches('input, select, textarea') ? '' : element.textContent.trim()) || element.title;

        for (const one of all('input:not([type=hidden]), select, textarea')) if (!nameOf(one)) say('no label', one);
        for (const one of all('button, a[href], summary, [role=img], [role=listbox]')) {
          if (!nameOf(one)) say('no name', one);
        }
        for (const one of all('img:not([alt])')) say('no alternative', one);
        const levels = [...document.querySelectorAll('h1, h2, h3, h4')].filter((one) => one.checkVisibility());
        if (levels.filter((one) => one.tagName === 'H1').length !== 1) found.push('not one h1');
        levels.reduce((last, one) => {
          const level = Number(one.tagName[1]);
          if (level > last + 1) say('a level is left out', one);
          return level;
        }, 0);
        const ids = new Set();
        for (const one of document.querySelectorAll('[id]')) {
          if (ids.has(one.id)) say('an id twice', one);
          ids.add(one.id);
        }
        for (const one of document.querySelectorAll('[aria-controls], [aria-describedby], [for]')) {
          for (const name of ['aria-controls', 'aria-describedby', 'for']) {
            if (one.hasAttribute(name) && !ids.has(one.getAttribute(name))) say(name + ' names nothing', one);
          }
        }
        if (!document.documentElement.lang || !document.title) found.push('no language or no title');
        for (const one of all('table')) if (!one.querySelector('th[scope]')) say('no head with a scope', one);

        const parse = (text) => {
          const [r, g, b, a = 1] = text.match(/[\\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
          return { r, g, b, a };
        };
        const over = (top, under) => {
          const mix = (name) => top[name] * top.a + under[name] * (1 - top.a);
          return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 };
        };
        const behind = (element) => {
          const layers = [];
          for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
          const dark = getComputedStyle(document.documentElement).colorScheme === 'dark';
          const paper = dark ? { r: 18, g: 18, b: 18, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
          return layers.reverse().reduce((under, layer) => over(layer, under), paper);
        };
        const light = ({ r, g, b }) => [r, g, b].map((value) => value / 255)
          .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
          .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const seen = new Set();
        while (walker.nextNode()) {
          const element = walker.currentNode.parentElement;
          if (!walker.currentNode.data.trim() || seen.has(element) || !isShown(element)) continue;
          seen.add(element);
          if (element.closest('.unseen, noscript, option, :disabled, [aria-disabled=true]')) continue;
          const style = getComputedStyle(element);
          let opacity = 1;
          for (let at = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
          const ground = behind(element);
          const ink = parse(style.color);
          const colour = over({ ...ink, a: ink.a * opacity }, ground);
          const [high, low] = [light(colour), light(ground)].sort((a, b) => b - a);
          const ratio = (high + 0.05) / (low + 0.05);
          const size = parseFloat(style.fontSize);
          const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
          if (ratio < (isLarge ? 3 : 4.5)) say('contrast ' + ratio.toFixed(2), element);
        }
        return found;
        """

    /// What is wrong with the page that a browser shows; empty for one that is well.
    static func problems(_ browser: Browser) throws -> [String] {
        try browser.run(script).arrayValue?.compactMap(\.stringValue) ?? ["no answer"]
    }

    /// Chinese in a page that is in English; what data and the standard say is not the page's.
    static func chineseLeft(_ browser: Browser, except texts: [String]) throws -> [String] {
        let script = """
            const found = [];
            const walker = document.createTreeWalker(document.querySelector('#app, #main'), NodeFilter.SHOW_TEXT);
            const take = (text) => {
              let rest = text;
              for (const known of arguments[0]) rest = rest.replaceAll(known, '');
              if (/[\\u3400-\\u9fff]/.test(rest)) found.push(rest.slice(0, 60));
            };
            while (walker.nextNode()) take(walker.currentNode.data);
            for (const one of document.querySelectorAll(':is(#app, #main) *')) {
              for (const name of ['title', 'aria-label', 'placeholder']) take(one.getAttribute(name) ?? '');
            }
            return found;
            """
        let known = JSONValue.array(texts.map { .string($0) })
        return try browser.run(script, [known]).arrayValue?.compactMap(\.stringValue) ?? ["no answer"]
    }

    /// Walks through a page by the tabulator and back to where it began.
    /// - Returns: what is wrong: a place where the focus stays, one where it is not seen, one that is left out.
    static func walk(_ browser: Browser) throws -> [String] {
        _ = try browser.run(
            """
            window.visits = [];
            const shown = (element) => {
              const style = getComputedStyle(element);
              return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
                || element.matches('.types input') || element.matches('[type=search]');
            };
            window.scrollTo(0, 0);
            document.activeElement?.blur();
            document.addEventListener('focusin', ({ target }) => window.visits.push([target, shown(target)]));
            """)
        let reachable =
            try browser.run(
                """
                const groups = new Set();
                return [...document.querySelectorAll(
                  'a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((one) => {
                  if (one.disabled || one.tabIndex < 0) return false;
                  if (!one.checkVisibility({ visibilityProperty: true })) return false;
                  if (one.type !== 'radio') return true;
                  return !groups.has(one.name) && groups.add(one.name);
                }).length
                """
            ).intValue ?? 0
        try browser.press(String(repeating: Browser.Key.tab, count: reachable + 1))
        return try browser.run(
            """
            const found = [];
            const places = window.visits.map(([element]) => element);
            const say = (what, element) => found.push(what + ': ' + element.outerHTML.slice(0, 120));
            places.forEach((one, index) => { if (one === places[index + 1]) say('the focus stays', one); });
            for (const [one, isSeen] of window.visits) if (!isSeen) say('the focus is not seen', one);
            const missed = arguments[0] - new Set(places).size;
            if (missed > 0) found.push(missed + ' of ' + arguments[0] + ' places are not reached');
            return found;
            """, [.integer(Int64(reachable))]
        ).arrayValue?.compactMap(\.stringValue) ?? ["no answer"]
    }
}
