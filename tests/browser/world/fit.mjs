// Whether an open page fits its window: nothing to scroll sideways, nothing cut off, nothing too small for a finger.

/** A line for each thing that does not. @param {import('playwright-core').Page} page */
export async function misfits(page) {
    const found = await page.evaluate(look);
    return [...new Set(found)].map(finding => `${new URL(page.url()).pathname} at ${page.viewportSize().width}: ${finding}`);
}

function look() {
    const root = document.scrollingElement;
    const found = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide`] : [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode;
        const element = text.parentElement;
        if (!text.data.trim() || !isSeen(element)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const cut = cutOff(element, range.getBoundingClientRect());
        if (cut) found.push(`${cut}: “${text.data.trim().slice(0, 60)}” in ${named(element)}`);
    }
    for (const element of document.querySelectorAll('img, button, input, select, textarea, video, audio, iframe, summary')) {
        if (!isSeen(element)) continue;
        const cut = cutOff(element.parentElement, element.getBoundingClientRect());
        if (cut) found.push(`${cut}: ${named(element)}`);
    }
    return found;

    function isSeen(element) {
        const box = element.getBoundingClientRect();
        const asks = { checkOpacity: true, checkVisibilityCSS: true };
        return element.checkVisibility(asks) && box.width > 1 && box.height > 1
            && !element.closest('.visually-hidden, .skip-link, script, style, template, option, meter, progress');
    }

    /** What keeps a box from being seen whole, unless it can be scrolled to. */
    function cutOff(element, box) {
        for (let around = element; around && around !== document.body; around = around.parentElement) {
            const style = getComputedStyle(around);
            if (style.position === 'fixed') return outside(box, { left: 0, right: root.clientWidth }) && 'leaves the window';
            if (/auto|scroll/.test(style.overflowX)) return null;
            // Three points at the end say that there is more.
            const saysSo = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
            if (/hidden|clip/.test(style.overflowX)) {
                // For those who listen: nothing of it is seen.
                const { width, height } = around.getBoundingClientRect();
                if (saysSo || width <= 1 || height <= 1) return null;
                if (outside(box, around.getBoundingClientRect())) return `cut off by ${named(around)}`;
            }
        }
        return outside(box, { left: 0, right: root.clientWidth }) && 'leaves the window';
    }

    function outside(box, { left, right }) {
        return box.left < left - 1 || box.right > right + 1;
    }

    function named(element) {
        const classes = [...element.classList].map(name => `.${name}`).join('');
        return `${element.localName}${classes}`;
    }
}
