// The pages before signing in that nothing links to but a mail, or the program's own line at its first start.

import { addPasskey, holdDevice } from './passkeys.mjs';
import { beginSecondStep, codeOf, provePassword } from './second-step.mjs';
import { field, openPortal, press, send } from './steps.mjs';
import { World } from './world.mjs';

const day = 86_400;

/**
 * An invitation, one that is too old, links for a new password and to sign in, and a way out of mails: once for each world,
 * whose clock it moves on.
 */
export async function addressesInMails(world) {
    const [ada, visitor] = [await world.signedIn('ada'), await world.visitor()];
    const tooOld = await invitation(world, ada, visitor, 'olga@acme.test');
    world.server.advanceClock(15 * day);
    const fresh = await invitation(world, ada, visitor, 'ines@acme.test');
    await visitor.goto('/reset');
    await field(visitor, 'Email').fill('cyril@acme.test');
    await send(field(visitor, 'Email'));
    const reset = await linkIn(visitor, await world.mailbox.nextTo('cyril@acme.test'));
    await visitor.goto('/sign-in/link');
    await field(visitor, 'Email').fill('cyril@acme.test');
    await send(field(visitor, 'Email'));
    await visitor.waitForURL('**/sign-in/link-code');
    const signIn = await linkIn(visitor, await world.mailbox.nextTo('cyril@acme.test'));
    await shareWith(ada, 'Acme website relaunch', 'dora@globex.test');
    const unsubscribe = await linkIn(visitor, await world.mailbox.nextTo('dora@globex.test'));
    await Promise.all([ada, visitor].map(page => page.context().close()));
    return { invitation: fresh, 'invitation-too-old': tooOld, reset, 'sign-in-link': signIn, unsubscribe };
}

async function invitation(world, ada, visitor, email) {
    await shareWith(ada, 'Studio resources', email);
    return linkIn(visitor, await world.mailbox.nextTo(email));
}

async function shareWith(ada, portal, email) {
    await openPortal(ada, portal);
    await press(ada, 'Share');
    await field(ada, 'Email').fill(email);
    await press(ada, 'Send invitation');
    await ada.locator('#grants').getByText(email).waitFor();
}

/** Where the mail's button or its way out leads, in whatever language. */
async function linkIn(visitor, mail) {
    await visitor.goto('about:blank');
    await visitor.setContent(mail.html);
    const kinds = ['invitations', 'reset', 'sign-in/link', 'unsubscribe'].map(kind => `a[href*="/${kind}/"]`);
    return visitor.locator(kinds.join()).first().getAttribute('href');
}

/** Dora's second step, hand over hand: the picture, the recovery codes, what is there later, the code at sign-in, a passkey. */
export async function atSecondStep(options, look) {
    const world = new World();
    await world.start();
    try {
        const dora = await world.signedIn('dora', options);
        await dora.goto('/account/second-step');
        const key = await beginSecondStep(dora);
        await look(dora);
        await field(dora, 'Code').fill(codeOf(key, world.server.now()));
        await press(dora, 'Turn on');
        await dora.locator('.recovery-codes').waitFor();
        await look(dora);
        await dora.goto('/account/second-step');
        await look(dora);
        const visitor = await world.visitor('studio', options);
        await provePassword(visitor, world.server.people.find(person => person.email === 'dora@globex.test'));
        await look(visitor);
        await field(visitor, 'Code').fill('12345');
        await press(visitor, 'Sign in');
        await visitor.locator('[aria-invalid=true]').waitFor();
        await look(visitor);
        await holdDevice(dora);
        await dora.goto('/account/second-step');
        const { password } = world.server.people.find(person => person.email === 'dora@globex.test');
        await addPasskey(dora, 'The phone that lies beside the lamp', password);
        const passkey = dora.getByRole('link', { name: 'The phone that lies beside the lamp' });
        await passkey.waitFor();
        await look(dora);
        await passkey.click();
        await dora.getByRole('button', { name: 'Remove this passkey' }).waitFor();
        await look(dora);
        await visitor.goto('/sign-in/code');
        await visitor.getByRole('button', { name: 'Use a passkey' }).waitFor();
        await look(visitor);
        const unknown = await world.visitor('studio', options);
        await unknown.goto('/sign-in/link');
        await field(unknown, 'Email').fill('nobody@acme.test');
        await send(field(unknown, 'Email'));
        await unknown.waitForURL('**/sign-in/link-code');
        await look(unknown);
        await field(unknown, 'Code').fill('no code');
        await press(unknown, 'Sign in');
        await unknown.locator('[aria-invalid=true]').waitFor();
        await look(unknown);
        // Staff have the same page at an address of their own.
        const ben = await world.signedIn('ben', options);
        await holdDevice(ben);
        await ben.goto('/staff/account/second-step');
        await addPasskey(ben, 'Laptop');
        await ben.locator('.recovery-codes').waitFor();
        await ben.goto('/staff/account/second-step');
        await ben.getByRole('link', { name: 'Laptop' }).click();
        await ben.getByRole('button', { name: 'Remove this passkey' }).waitFor();
        await look(ben);
    } finally {
        await world.stop();
    }
}

/** Opens the set-up page of a fresh installation and hands it over. */
export async function atSetUp(options, look) {
    const world = new World();
    await world.start('nothing');
    try {
        const page = await world.visitor('', options);
        await page.goto(await world.server.setUpLink());
        await look(page);
    } finally {
        await world.stop();
    }
}
