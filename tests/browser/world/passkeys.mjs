// A device that keeps passkeys, by Chromium's own virtual authenticator: one for each page, and gone with it.

import { field, press } from './steps.mjs';

/** Whoever is asked for a passkey on this page has one, and says yes. @param {import('playwright-core').Page} page */
export async function holdDevice(page) {
    const protocol = await page.context().newCDPSession(page);
    await protocol.send('WebAuthn.enable');
    const options = {
        protocol: 'ctap2', transport: 'internal', hasResidentKey: true,
        hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
    };
    const { authenticatorId } = await protocol.send('WebAuthn.addVirtualAuthenticator', { options });
    return {
        keep: credential => protocol.send('WebAuthn.addCredential', { authenticatorId, credential }),
        /** From now on the person turns it down. */
        turnDown: () => protocol.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false }),
        /** A device in front of another page, with the same keys. */
        async carryTo(other) {
            const { credentials } = await protocol.send('WebAuthn.getCredentials', { authenticatorId });
            const there = await holdDevice(other);
            for (const credential of credentials) await there.keep(credential);
            return there;
        },
    };
}

/** On the page of the second step; leaves it where the answer is. Where the step is on, it takes a password. */
export async function addPasskey(page, name, password) {
    await field(page, 'Name').fill(name);
    if (password) await field(page, 'Your password, or a code').fill(password);
    await press(page, 'Add a passkey');
}
