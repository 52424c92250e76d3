// Going through a page by keyboard, with a focus that is always visible and never lost.

import { strict as assert } from 'node:assert';

/** What has the focus: its tag, its name, and how it can be seen. */
export function focused(page) {
    return page.evaluate(() => {
        const element = document.activeElement;
        // A row's name is ringed by what makes the whole row a link, a file input by what is seen of it.
        const isRinged = ({ outlineStyle, outlineWidth, outlineColor, boxShadow }) => boxShadow !== 'none'
            || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && outlineColor !== 'rgba(0, 0, 0, 0)');
        const seen = [element, element.closest('.field, .person-choice'), element.closest('.upload-bar')?.querySelector('button')];
        const places = seen.filter(each => each && each.getBoundingClientRect().width > 1);
        const rings = places.flatMap(each => [getComputedStyle(each), getComputedStyle(each, '::after')]);
        return {
            tag: element.tagName,
            name: (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent).trim(),
            html: element.outerHTML.slice(0, 200),
            // Of a date the browser itself rings the button that opens its calendar.
            isVisible: element.matches('[type=date]') || (element.matches(':focus-visible') && rings.some(isRinged)),
        };
    });
}

export async function assertFocus(page, when) {
    const { tag, html, isVisible } = await focused(page);
    assert.notEqual(tag, 'BODY', `${when}: the focus is lost`);
    assert.ok(isVisible, `${when}: the focus cannot be seen on ${html}`);
}

/** Tab after Tab until what has the focus is called `name`; each stop on the way can be seen. */
export async function tabTo(page, name, key = 'Tab') {
    const met = [];
    for (let presses = 0; presses < 120; presses++) {
        await page.keyboard.press(key);
        const stop = await focused(page);
        // Beyond the last stop lies the browser's own bar, which a headless one reports as the body.
        if (stop.tag === 'BODY') continue;
        assert.ok(stop.isVisible, `the focus cannot be seen on ${stop.html}`);
        if (name instanceof RegExp ? name.test(stop.name) : stop.name === name) return;
        met.push(stop.name);
    }
    assert.fail(`no Tab leads to ${name}, only to ${met.join(', ')}`);
}

/** Enter on what leads to a page, until that is there. */
export async function enter(page) {
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}
