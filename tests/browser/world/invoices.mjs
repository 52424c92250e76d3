// What the studio does before Carol can pay.

import { field, press, send } from './steps.mjs';

/** Of one line, without tax. Gives back its address for clients. @param {import('playwright-core').Page} ada */
export async function sentInvoice(ada, description, price) {
    await ada.goto('/staff/invoices/new');
    await field(ada, 'Client').selectOption({ label: 'Carol Meyer' });
    await send(field(ada, 'Client'));
    await ada.getByRole('heading', { level: 1, name: 'Draft invoice' }).waitFor();
    await addLine(ada, description, price);
    return issueAndSend(ada);
}

/** To the draft that is open. @param {import('playwright-core').Page} page */
export async function addLine(page, description, price, tax) {
    await field(page, 'Description').fill(description);
    await field(page, 'Unit price').fill(price);
    if (tax) await field(page, 'Tax').selectOption({ label: tax });
    await press(page, 'Add line');
    await page.locator('#lines .table').getByText(description).waitFor();
}

/** The draft that is open. Gives back its address for clients. */
export async function issueAndSend(ada) {
    await press(ada, 'Issue invoice');
    await ada.getByRole('heading', { level: 1, name: /^Invoice INV-/ }).waitFor();
    const path = new URL(ada.url()).pathname;
    await press(ada, 'Send');
    await ada.getByText('Send to').waitFor();
    await send(field(ada, 'Message'));
    await ada.locator('.billing-beside').getByText('carol@acme.test').first().waitFor();
    return path.replace('/staff', '');
}
