// An app for codes on somebody's phone: RFC 6238, by node's own cryptography.

import { createHmac } from 'node:crypto';

import { field, press } from './steps.mjs';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** @param {string} key in base32, as a page shows it; @param {number} seconds since 1970 */
export function codeOf(key, seconds) {
    const bits = [...key.replace(/\s/g, '')].map(letter => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
    const secret = Buffer.from(bits.match(/.{8}/g).map(byte => Number.parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
    const tag = createHmac('sha1', secret).update(step).digest();
    const number = tag.readUInt32BE(tag[19] & 15) & 0x7fff_ffff;
    return String(number % 1_000_000).padStart(6, '0');
}

/** Leaves the page where the picture is; gives back the key. @param {import('playwright-core').Page} page */
export async function beginSecondStep(page) {
    await page.getByRole('button', { name: 'Set up', exact: true }).click();
    return page.locator('.second-step-key').innerText();
}

/** Leaves the page where the recovery codes are; gives back the key. */
export async function setUpSecondStep(world, page, account) {
    await page.goto(`${account}/second-step`);
    const key = await beginSecondStep(page);
    await field(page, 'Code').fill(codeOf(key, world.server.now()));
    await press(page, 'Turn on');
    await page.locator('.recovery-codes li').nth(9).waitFor();
    return key;
}

/** By the password, to the page that asks for a code. */
export async function provePassword(page, person) {
    await page.goto('/sign-in');
    await field(page, 'Email').fill(person.email);
    await field(page, 'Password').fill(person.password);
    await press(page, 'Sign in');
    await page.waitForURL(url => url.pathname === '/sign-in/code');
}
