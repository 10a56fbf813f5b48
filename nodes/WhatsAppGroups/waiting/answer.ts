import type { IDataObject } from 'n8n-workflow';
import type { FormField, Question } from './question';

/** What somebody sent from the page, as text by the name of the control. */
export type Entered = Record<string, string>;

export type Answer = { data: IDataObject } | { problems: string[] };

/** Controls have names of their own, since a label may be anything. */
export const controlName = (index: number) => `field-${index}`;

/** The answer in what was sent; or in words for whoever sent it, why it is none. */
export function readAnswer({ fields, buttons }: Question, entered: Entered): Answer {
	if (fields.length === 0) {
		const pressed = buttons.find(({ approved }) => String(approved) === entered.approved);
		if (!pressed) return { problems: ['Please press one of the buttons.'] };
		return { data: { approved: pressed.approved } };
	}
	const texts = fields.map((_, i) => (entered[controlName(i)] ?? '').replace(/\r\n?/g, '\n'));
	const problems = fields.flatMap((field, i) => problemOf(field, texts[i].trim()) ?? []);
	if (problems.length > 0) return { problems };
	return {
		data: Object.fromEntries(fields.map((field, i) => [field.name, valueOf(field, texts[i])])),
	};
}

function problemOf({ label, type, required, options }: FormField, text: string) {
	if (text === '') return required ? `“${label}” is required.` : undefined;
	const isRight = {
		date: () => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
		dropdown: () => options.includes(text),
		email: () => /^[^\s@]+@[^\s@]+$/.test(text),
		number: () => Number.isFinite(Number(text)),
		text: () => true,
		textarea: () => true,
	}[type]();
	const kind = type === 'dropdown' ? 'one of the choices' : `a valid ${type}`;
	return isRight ? undefined : `“${label}” is not ${kind}.`;
}

function valueOf({ type }: FormField, text: string): string | number | null {
	if (text.trim() === '') return null;
	if (type === 'number') return Number(text);
	return type === 'textarea' ? text : text.trim();
}
