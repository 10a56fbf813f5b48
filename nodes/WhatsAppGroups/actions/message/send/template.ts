import type { MessageSupport, TemplateContent } from '../../../contract/messages';
import type { HeaderType, MessageTemplate } from '../../../contract/templates';
import { asRecord } from '../../../transport/json';
import { InvalidInput } from '../../../values/invalidInput';
import { shown } from '../../../values/shown';
import type { Item } from '../../item';
import { readTemplateName } from '../../templateFields';
import { readFile } from './outgoingFile';

/** A template with what fills it, checked against what the provider tells of it where it tells anything. */
export async function readTemplate(item: Item, support: MessageSupport): Promise<TemplateContent> {
	return item.provider.templates ? await fromList(item, support) : byName(item);
}

async function fromList(item: Item, support: MessageSupport): Promise<TemplateContent> {
	const named = readTemplateName(item.values);
	const template = await find(item, named);
	if (template.refusal !== null) {
		throw new InvalidInput(
			"The template in 'Template' cannot be sent to a group",
			template.refusal,
		);
	}
	const parameters = filled(item, template);
	return { type: 'template', ...named, ...(await headerOf(item, template, support)), parameters };
}

async function find(
	{ api, provider }: Item,
	{ name, language }: { name: string; language: string },
): Promise<MessageTemplate> {
	const namesakes = (await provider.templates!(api)).filter((other) => other.name === name);
	const found = namesakes.find((other) => other.language === language);
	if (found) return found;
	if (namesakes.length === 0) {
		throw new InvalidInput(
			"The template in 'Template' does not exist",
			'Choose one from the list: it may be deleted, or belong to another account.',
		);
	}
	const languages = namesakes.map((other) => other.language).join(', ');
	throw new InvalidInput(
		"The template in 'Template' does not exist in this language",
		`It is there in ${languages}. Choose it from the list, or correct 'Language Code'.`,
	);
}

/** Every gap with its text, and nothing that has no gap. */
function filled({ values }: Item, { parameters }: MessageTemplate): TemplateContent['parameters'] {
	const { value } = values.field('templateParameters');
	const given = Object.entries(asRecord(asRecord(value).value)).filter(
		([, text]) => text !== null && text !== undefined && text !== '',
	);
	const surplus = given.find(([id]) => parameters.every((parameter) => parameter.id !== id));
	if (surplus) {
		const has = parameters.map(({ label }) => `'${label}'`).join(', ') || 'none';
		throw new InvalidInput(
			"'Template Parameters' has one that the template has not",
			`It holds ${shown(surplus[0])}; the template has ${has}. Choose the template again, which empties the fields, or leave this one out.`,
		);
	}
	const byId = new Map(given);
	return parameters.map(({ id, label, ...place }) => {
		const text = byId.get(id);
		if (text === undefined) {
			throw new InvalidInput(
				`'${label}' in 'Template Parameters' is empty`,
				'The template needs a text there. Where the field is not shown, choose the template again.',
			);
		}
		if (typeof text === 'object') {
			throw new InvalidInput(
				`'${label}' in 'Template Parameters' is not a text`,
				`It holds ${shown(text)}. Use an expression that gives a text.`,
			);
		}
		return { ...place, text: String(text) };
	});
}

async function headerOf(
	item: Item,
	{ header }: MessageTemplate,
	{ headers }: MessageSupport,
): Promise<Pick<TemplateContent, 'header'>> {
	const source = item.values.choice('headerSource', ['none', 'binary', 'url']) ?? 'none';
	if (header === null) {
		if (source === 'none') return {};
		throw new InvalidInput(
			"'Header File' is given, but the template has none",
			"Set 'Header File' to None, or choose another template.",
		);
	}
	if (source === 'none') {
		throw new InvalidInput(
			"'Header File' is missing",
			`The template has ${words[header]} above its text, which comes with each message: choose where it is.`,
		);
	}
	const file = await readFile(item, header, headers![header], source);
	return { header: { type: header, file } };
}

const words: Readonly<Record<HeaderType, string>> = {
	document: 'a document',
	image: 'an image',
	video: 'a video',
};

function byName({ values }: Item): TemplateContent {
	const lines = values.optionalLines('bodyParameters');
	const empty = lines.findIndex((line) => line === '');
	if (empty >= 0) {
		throw new InvalidInput(
			"'Body Parameters' has an empty line",
			`Entry ${empty + 1} is empty: each gap of the template needs a text.`,
		);
	}
	return {
		type: 'template',
		name: values.id('templateName', 'Enter the name of the template.'),
		language: values.id('languageCode', "Enter the template's language, e.g. en_US."),
		namespace: values.id('templateNamespace', 'Enter the namespace that the provider tells.'),
		parameters: lines.map((text) => ({ component: 'body', text })),
	};
}
