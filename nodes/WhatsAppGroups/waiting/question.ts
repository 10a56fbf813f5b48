import { InvalidInput } from '../values/invalidInput';
import type { Values } from '../values/values';

export const responseTypes = ['approval', 'customForm', 'freeText'] as const;

export const fieldTypes = ['date', 'dropdown', 'email', 'number', 'text', 'textarea'] as const;

/** As the fields have them by default. */
export const defaultLabels = {
	approve: 'Approve',
	disapprove: 'Decline',
	link: 'Respond',
	submit: 'Submit',
	title: 'Your response is needed',
} as const;

/** What the page asks for. */
export interface FormField {
	/** In the output. */
	name: string;
	label: string;
	type: (typeof fieldTypes)[number];
	required: boolean;
	/** Of a dropdown. */
	options: string[];
}

export interface Button {
	label: string;
	/** What it stands for, where it is the answer itself. */
	approved?: boolean;
}

export interface Question {
	title: string;
	fields: FormField[];
	buttons: Button[];
}

/** What people are asked, besides the message; throws InvalidInput where it cannot be shown. */
export function readQuestion(values: Values): Question {
	const type = values.choice('responseType', responseTypes) ?? 'approval';
	const options = values.collection('options');
	const title = options.optionalId('responseFormTitle') ?? defaultLabels.title;
	if (type === 'approval') return { title, fields: [], buttons: readButtons(values) };
	const label = options.optionalId('responseFormButtonLabel') ?? defaultLabels.submit;
	return {
		title,
		fields: type === 'freeText' ? [freeText] : readFields(values),
		buttons: [{ label }],
	};
}

const freeText: FormField = {
	name: 'text',
	label: 'Response',
	type: 'textarea',
	required: true,
	options: [],
};

function readButtons(values: Values): Button[] {
	const options = values.collection('approvalOptions').collection('values');
	const approve = {
		label: options.optionalId('approveLabel') ?? defaultLabels.approve,
		approved: true,
	};
	if (options.choice('approvalType', ['single', 'double']) !== 'double') return [approve];
	const label = options.optionalId('disapproveLabel') ?? defaultLabels.disapprove;
	return [approve, { label, approved: false }];
}

function readFields(values: Values): FormField[] {
	const fields = values.collection('formFields').rows('values').map(readField);
	if (fields.length === 0) {
		throw new InvalidInput("'Form Elements' is empty", 'Add at least one, or use Free Text.');
	}
	if (new Set(fields.map(({ name }) => name)).size < fields.length) {
		throw new InvalidInput(
			"'Form Elements' has two of the same 'Label'",
			'The answers are put out by label: give each one of its own.',
		);
	}
	return fields;
}

function readField(row: Values): FormField {
	const label = row.id('fieldLabel', 'Enter what the element asks for.');
	const type = row.choice('fieldType', fieldTypes) ?? 'text';
	const options = type === 'dropdown' ? row.lines('fieldOptions') : [];
	if (type === 'dropdown' && options.length === 0) {
		throw new InvalidInput("'Choices' of a form element is empty", 'Enter one on each line.');
	}
	return { name: label, label, type, required: row.flag('requiredField', false), options };
}
