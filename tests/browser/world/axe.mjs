// What axe-core finds on an open page.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// Of WCAG 2.2, and off unless it is asked for. Styles are those that the page has: where it lies in a folder it fetches none.
const asked = { rules: { 'target-size': { enabled: true } }, preload: false };

/** What is serious or critical, a line for each rule. @param {import('playwright-core').Page} page */
export async function findings(page) {
    // As a debugger would: the page's own policy lets no foreign script in.
    await page.evaluate(script);
    const { violations } = await page.evaluate(`axe.run(${JSON.stringify(asked)})`);
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    const place = new URL(page.url()).pathname;
    return serious.map(({ id, nodes }) => `${place}: ${id}: ${nodes.map(node => node.html).join(' ').slice(0, 300)}`);
}
