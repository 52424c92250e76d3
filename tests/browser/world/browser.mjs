// Debian's Chromium, with nothing that asks the outside.

import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';

const programs = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'];

export function launchBrowser() {
    const executablePath = programs.find(program => program && existsSync(program));
    if (!executablePath) throw new Error('Chromium is missing: make setup-test installs it');
    return chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
    });
}
