// What lies over a page: dialogs, menus, the search, the line with a way back. Each opens one.

import { field, openPortal, press } from './steps.mjs';

const portal = 'Studio resources';

async function dialog(page, name, ready = () => undefined) {
    await openPortal(page, portal);
    await press(page, name);
    await page.getByRole('dialog').waitFor();
    await ready(page);
}

/** @param {string} item whose menu is opened on the page of the portal */
async function itemMenu(page, item) {
    await openPortal(page, portal);
    await page.locator('summary', { hasText: `Actions for ${item}` }).click();
}

async function personMenu(page) {
    await openPortal(page, portal);
    await page.locator('.person-menu summary').click();
}

/** The page of an invoice that has several lines, by what it comes to. */
async function openInvoice(page) {
    await page.goto('/staff/invoices?which=due');
    const row = page.locator('#invoices .row', { hasText: '€6,952.68' });
    await page.goto(await row.locator('a.row-name').getAttribute('href'));
}

async function invoiceDialog(page, name) {
    await openInvoice(page);
    await press(page, name);
    await page.getByRole('dialog').waitFor();
}

async function search(page, words) {
    await openPortal(page, portal);
    // The scripts are there with the load event.
    await page.waitForLoadState();
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Search' });
    await box.fill(words);
    await page.getByRole('option').first().waitFor();
}

const ofStaff = {
    'share': page => dialog(page, 'Share'),
    'share-somebody-new': page => dialog(page, 'Share', async () => {
        await field(page, 'Email').fill('quinn@acme.test');
        await page.getByText('Invite quinn@acme.test').waitFor();
    }),
    'share-somebody-known': page => dialog(page, 'Share', async () => {
        await field(page, 'Email').fill('cyril');
        await page.getByRole('dialog').getByText('cyril@acme.test').first().waitFor();
    }),
    'share-answered': page => dialog(page, 'Share', async () => {
        await field(page, 'Email').fill('nobody in particular');
        await press(page, 'Send invitation');
        await page.locator('dialog [aria-invalid=true]').waitFor();
    }),
    'who-can-see-this': page => dialog(page, 'Who can see this, and why?'),
    'archive': async page => {
        await openPortal(page, portal);
        await page.locator('summary', { hasText: 'Actions for this portal' }).click();
        await press(page, 'Archive');
        await page.getByRole('dialog').waitFor();
    },
    'new-folder': page => dialog(page, 'New folder'),
    'add-link': page => dialog(page, 'Add link'),
    'add-embed': page => dialog(page, 'Add embed'),
    'request-files': page => dialog(page, 'Request files'),
    'item-menu': page => itemMenu(page, 'Working with us'),
    'rename': async page => {
        await itemMenu(page, 'Working with us');
        await press(page, 'Rename');
        await page.getByRole('dialog').waitFor();
    },
    'move': async page => {
        await itemMenu(page, 'Working with us');
        await press(page, 'Move');
        await page.getByRole('dialog').waitFor();
    },
    'move-selected': async page => {
        await openPortal(page, portal);
        await page.getByRole('checkbox', { name: 'Select “Working with us”' }).check();
        await press(page, 'Move selected');
        await field(page, 'Folder').waitFor();
    },
    'deleted': async page => {
        await itemMenu(page, 'Book a call');
        await press(page, 'Delete');
        await page.getByText('“Book a call” was deleted.').waitFor();
        // It lies over a row for as long as it is there, and rows are looked at without it.
        await page.evaluate(() => scrollTo(0, 0));
    },
    'brought-back': async page => {
        await press(page, 'Undo');
        await page.locator('#items').getByRole('link', { name: 'Book a call' }).waitFor();
    },
    'send-invoice': page => invoiceDialog(page, 'Send'),
    'record-payment': page => invoiceDialog(page, 'Record payment'),
    'credit': async page => {
        await openInvoice(page);
        await page.locator('.page-actions summary').click();
        await press(page, 'Credit');
        await page.getByRole('dialog').waitFor();
    },
    'person-menu': personMenu,
    'search': page => search(page, 'web'),
};

const ofClients = {
    'person-menu': personMenu,
    'search': page => search(page, 'web'),
};

export const overlays = { ada: ofStaff, carol: ofClients };
