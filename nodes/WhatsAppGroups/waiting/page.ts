import { controlName } from './answer';
import type { Entered } from './answer';
import type { Button, FormField, Question } from './question';
import { script } from './script';

/** What the script of the page needs besides. */
const sending = [
	'<template id="late"><main><h1>Your response was not taken</h1><p>Somebody else may have answered before you, or the time is over. Open the link again to see whether a response is still awaited.</p></main></template>',
	'<template id="lost"><p class="problem" role="alert">Your response could not be sent. Please try again.</p></template>',
	`<script>${script}</script>`,
];

/** The page behind the link. Only its buttons answer, and they post: whoever fetches a link to preview it does not. */
export function questionPage(
	{ title, fields, buttons }: Question,
	message: string,
	problems: readonly string[] = [],
	entered: Entered = {},
): string {
	return page(
		title,
		[
			message === '' ? '' : `<p class="message">${escaped(message)}</p>`,
			...problems.map((problem) => `<p class="problem" role="alert">${escaped(problem)}</p>`),
			'<form method="post">',
			...fields.map((field, i) => labelled(field, controlName(i), entered[controlName(i)] ?? '')),
			`<div class="buttons">${buttons.map(button).join('')}</div>`,
			'</form>',
		],
		sending,
	);
}

export function thanksPage(): string {
	return page('Thank you', ['<p>Your response was recorded. You can close this page.</p>']);
}

export function brokenPage(): string {
	return page('This page cannot be shown', [
		'<p>Your response is still awaited, but the workflow that asks for it could not say for what. Please tell whoever runs it.</p>',
	]);
}

function page(title: string, parts: readonly string[], after: readonly string[] = []): string {
	return [
		'<!doctype html>',
		'<html lang="en">',
		'<head>',
		'<meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		'<meta name="robots" content="noindex">',
		`<title>${escaped(title)}</title>`,
		`<style>${style}</style>`,
		'</head>',
		'<body>',
		'<main>',
		`<h1>${escaped(title)}</h1>`,
		...parts,
		'</main>',
		...after,
		'</body>',
		'</html>',
	].join('\n');
}

function labelled(field: FormField, name: string, value: string): string {
	const label = `<label for="${name}">${escaped(field.label)}${field.required ? '' : ' (optional)'}</label>`;
	return `<div>${label}${control(field, name, value)}</div>`;
}

function control({ type, required, options }: FormField, name: string, value: string): string {
	const attributes = `id="${name}" name="${name}"${required ? ' required' : ''}`;
	if (type === 'textarea') {
		return `<textarea ${attributes} rows="5">\n${escaped(value)}</textarea>`;
	}
	if (type === 'dropdown') {
		const choices = ['', ...options].map((option) => {
			const selected = option === value ? ' selected' : '';
			return `<option value="${escaped(option)}"${selected}>${escaped(option)}</option>`;
		});
		return `<select ${attributes}>${choices.join('')}</select>`;
	}
	const step = type === 'number' ? ' step="any"' : '';
	return `<input type="${type}" ${attributes}${step} value="${escaped(value)}">`;
}

function button({ label, approved }: Button): string {
	const value = approved === undefined ? '' : ` name="approved" value="${approved}"`;
	const kind = approved === false ? ' class="secondary"' : '';
	return `<button type="submit"${value}${kind}>${escaped(label)}</button>`;
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (character) => entities[character]);
}

const style = `
:root { color-scheme: light dark; --back: #f4f5f7; --card: #fff; --text: #1b1d22; --line: #70757f; --main: #0a6640; --on-main: #fff; --alert: #a4161a; }
@media (prefers-color-scheme: dark) {
	:root { --back: #101216; --card: #1b1e24; --text: #f0f1f3; --line: #8d939e; --main: #5fd59b; --on-main: #06251a; --alert: #ff9c9c; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem 1rem; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 0 auto; padding: 1.5rem; background: var(--card); border-radius: 0.75rem; }
h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.3; }
p, h1, label { overflow-wrap: anywhere; }
.message { white-space: pre-wrap; }
.problem { color: var(--alert); font-weight: 600; }
form > div { margin-top: 1rem; }
label { display: block; margin-bottom: 0.25rem; font-weight: 600; }
input, select, textarea { width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); color: var(--text); font: inherit; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.75rem; }
button { flex: 1 1 auto; min-height: 2.75rem; padding: 0.5rem 1.25rem; border: 2px solid var(--main); border-radius: 0.5rem; background: var(--main); color: var(--on-main); font: inherit; font-weight: 600; cursor: pointer; }
button.secondary { background: none; color: var(--text); border-color: var(--line); }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
`;
