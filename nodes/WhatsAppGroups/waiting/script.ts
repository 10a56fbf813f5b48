import { createHash } from 'node:crypto';

/**
 * Sends the form once, however often its button is pressed, and says in words what n8n says to a late
 * answer in JSON. Where scripts do not run, the form does its work all the same.
 */
export const script = `
let isSending = false;
const show = (main) => {
	document.querySelector('main').replaceWith(main);
	const heading = main.querySelector('h1');
	document.title = heading.textContent;
	heading.tabIndex = -1;
	heading.focus();
};
document.addEventListener('submit', async (event) => {
	const { target, submitter } = event;
	if (!submitter) return;
	event.preventDefault();
	if (isSending) return;
	isSending = true;
	const body = new URLSearchParams(new FormData(target));
	if (submitter.name) body.set(submitter.name, submitter.value);
	try {
		const response = await fetch(location.href, { method: 'POST', body });
		const answer = new DOMParser().parseFromString(await response.text(), 'text/html');
		show(answer.querySelector('main') ?? document.querySelector('#late').content.firstElementChild);
	} catch {
		target.before(document.querySelector('#lost').content.cloneNode(true));
	}
	isSending = false;
});
`;

/** By which the policy of the page knows it. */
export const scriptSource = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
