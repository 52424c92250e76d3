// What people do, by the words that they read: the accessible names of ARCHITECTURE.md.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** @param {import('playwright-core').Page} page */
export function field(page, label) {
    return page.getByLabel(label, { exact: true }).filter({ visible: true });
}

/** The link or button with this name. */
export function control(page, name) {
    const named = { name, exact: true };
    return page.getByRole('link', named).or(page.getByRole('button', named)).filter({ visible: true }).first();
}

export async function press(page, name) {
    await control(page, name).click();
}

/** Opens the form behind `name`, fills it by its labels, and sends it by its own button. */
export async function fillIn(page, name, values) {
    const [first] = Object.keys(values);
    await press(page, name);
    await field(page, first).waitFor();
    for (const [label, value] of Object.entries(values)) await put(field(page, label), value);
    await send(field(page, first));
}

async function put(input, value) {
    const tag = await input.evaluate(element => element.tagName);
    await (tag === 'SELECT' ? input.selectOption({ label: value }) : input.fill(value));
}

/** Presses the button of the form that holds this field. */
export async function send(input) {
    const form = input.locator('xpath=ancestor::form');
    await form.locator('button:not([type=button]), input[type=submit]').filter({ visible: true }).first().click();
}

/** A folder on this machine: `{ 'plans/first.txt': 'words' }`. */
export function folderWith(files) {
    const folder = join(mkdtempSync(join(tmpdir(), 'portico-files-')), 'handover');
    for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
    }
    return folder;
}

/** Drags files or folders of this machine from outside the browser onto the page. */
export async function drop(page, target, files) {
    const mouse = await page.context().newCDPSession(page);
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
        await mouse.send('Input.dispatchDragEvent', { type, ...at, data: { items: [], files, dragOperationsMask: 1 } });
    }
}

/** A PDF as any browser prints it, with one page for each text. @param {import('playwright-core').Page} page */
export async function pdfWith(page, pages) {
    const printer = await page.context().browser().newPage();
    await printer.setContent(pages.map(text => `<p style="break-after: page">${text}</p>`).join(''));
    const pdf = await printer.pdf({ format: 'A4' });
    await printer.close();
    return pdf;
}

/** Opens a portal from the list of them, as staff or as its client. */
export async function openPortal(page, name) {
    const isStaff = new URL(page.url()).pathname.startsWith('/staff');
    await page.goto(isStaff ? '/staff/portals' : '/');
    await page.getByRole('link', { name }).first().click();
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

/** Leaves a mark that a loaded page would not have; gives back what tells whether it is still there. */
export async function markDocument(page) {
    await page.evaluate(() => { window.marked = true; });
    return () => page.evaluate(() => window.marked === true);
}

/** Where the button of an invitation leads. */
export async function invitationLink(visitor, mail) {
    await visitor.setContent(mail.html);
    return visitor.getByRole('link', { name: 'Set up your account' }).getAttribute('href');
}
