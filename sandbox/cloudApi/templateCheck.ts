import { MetaError } from './errors';
import type { OutgoingMessage } from './message';
import type { Template } from './model';
import { INVITE_TEMPLATE } from './templates';

type TemplateMessage = OutgoingMessage & { type: 'template' };
type Given = NonNullable<TemplateMessage['template']['components']>[number];
type Parameter = NonNullable<Given['parameters']>[number];
type Component = Template['components'][number];

/**
 * Refuses a template that cannot be sent as it is: one that is not there or not approved, one with other
 * parameters than it has, and one that groups do not get (providers.md §2.1, §4.1).
 *
 * Assumed: Cloud API's general codes for templates, which providers.md does not list, and 131009 for what
 * groups do not get [I].
 */
export function checkTemplate(templates: readonly Template[], message: TemplateMessage): void {
	const { name, language, components = [] } = message.template;
	const template = templates.find(
		(candidate) => candidate.name === name && candidate.language === language.code,
	);
	if (template?.status === 'paused') throw new MetaError(132015, `${name} is paused.`);
	if (template?.status === 'disabled') throw new MetaError(132016, `${name} is disabled.`);
	if (template?.status !== 'approved') {
		throw new MetaError(132001, `There is no approved template ${name} in ${language.code}.`);
	}
	if (message.recipient_type === 'group') checkForGroups(template);
	if (template.library_template_name === INVITE_TEMPLATE) {
		checkParameters('body', ['group_id'], givenFor(components, 'body'));
		return;
	}
	const isNamed = template.parameter_format === 'NAMED';
	const textIn = (type: string) => gapsIn(partOf(template, type)?.text);
	const format = wordOf(partOf(template, 'HEADER')?.format);
	const isMedia = ['IMAGE', 'VIDEO', 'DOCUMENT'].includes(format);
	const header = isMedia ? [format.toLowerCase()] : textIn('HEADER').map(() => 'text');
	checkParameters('header', header, givenFor(components, 'header'));
	const body = textIn('BODY');
	checkParameters(
		'body',
		body.map(() => 'text'),
		givenFor(components, 'body'),
	);
	if (isNamed) {
		checkNames(body, givenFor(components, 'body'));
		if (!isMedia) checkNames(textIn('HEADER'), givenFor(components, 'header'));
	}
	buttonsOf(template).forEach(({ url }, index) => {
		const own = components.filter(
			(given) => given.type === 'button' && String(given.index) === String(index),
		);
		checkParameters(
			`button ${index}`,
			gapsIn(url).map(() => 'text'),
			own.flatMap(({ parameters }) => parameters ?? []),
		);
	});
}

function checkForGroups(template: Template): void {
	const isChoice = (button: Record<string, unknown>) =>
		!['URL', 'PHONE_NUMBER'].includes(wordOf(button.type));
	if (template.category === 'AUTHENTICATION' || buttonsOf(template).some(isChoice)) {
		throw new MetaError(131009, 'template: groups get text and media templates only.');
	}
}

function checkParameters(where: string, kinds: readonly string[], given: Parameter[]): void {
	if (given.length !== kinds.length) {
		const counts = `${given.length} localizable_params, expected ${kinds.length}`;
		throw new MetaError(132000, `${where}: ${counts}.`);
	}
	kinds.forEach((kind, i) => {
		if (given[i].type === kind) return;
		throw new MetaError(132012, `${where}: parameter ${i + 1} is ${given[i].type}, not ${kind}.`);
	});
}

function checkNames(names: readonly string[], given: Parameter[]): void {
	const found = given.map((each) => ('parameter_name' in each ? each.parameter_name : undefined));
	const missing = names.find((name) => !found.includes(name));
	if (missing !== undefined) throw new MetaError(132012, `parameter_name: ${missing} is missing.`);
}

function givenFor(components: readonly Given[], type: Given['type']): Parameter[] {
	return components
		.filter((given) => given.type === type)
		.flatMap(({ parameters }) => parameters ?? []);
}

function partOf({ components }: Template, type: string): Component | undefined {
	return components.find((component) => wordOf(component.type) === type);
}

function buttonsOf(template: Template): Array<Record<string, unknown>> {
	const buttons = partOf(template, 'BUTTONS')?.buttons ?? [];
	return buttons as Array<Record<string, unknown>>;
}

function gapsIn(text: unknown): string[] {
	const found = typeof text === 'string' ? text.matchAll(/\{\{(\w+)\}\}/g) : [];
	return [...new Set([...found].map(([, name]) => name))];
}

const wordOf = (value: unknown) => String(value).toUpperCase();
