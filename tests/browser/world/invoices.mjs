// What the studio does before Carol can pay.

import { field, press, send } from './steps.mjs';

/** Of one line, without tax. Gives back its address for clients. @param {import('playwright-core').Page} ada */
export async function sentInvoice(ada, description, price) {
    await ada.goto('/staff/invoices/new');
    await field(ada, 'Client').selectOption({ label: 'Carol Meyer' });
    await send(field(ada, 'Client'));
    await ada.getByRole('heading', { level: 1, name: 'Draft invoice' }).waitFor();
    await field(ada, 'Description').fill(description);
    await field(ada, 'Unit price').fill(price);
    await press(ada, 'Add line');
    await ada.locator('#lines .table').getByText(description).waitFor();
    return issueAndSend(ada);
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
