import type { HeaderType, MessageTemplate, TemplateParameter } from '../../contract/templates';
import type { Api } from '../../transport/api';
import { asList, asRecord, asText } from '../../transport/json';
import type { Json } from '../../transport/json';
import type { Surface } from './surface';

/** More than any business account has; a list that goes on and on ends somewhere. */
const mostPages = 50;

/** From WhatsApp's library: its only gap takes the ID of a group (providers.md §4.3.5). */
export const inviteTemplate = 'group_invite_link';

/** What the list is asked for, where it can be asked for less than all of a template. */
export const templateFields =
	'name,language,status,category,components,parameter_format,library_template_name';

/** Read once per run, since every message needs to know what its template asks for. */
export async function listTemplates(at: Surface, api: Api): Promise<MessageTemplate[]> {
	return await api.oncePerRun('templates', async () => {
		const templates: MessageTemplate[] = [];
		let cursor: string | undefined;
		for (let pages = 0; pages < mostPages; pages += 1) {
			const { entries, next } = await at.templatePage(api, cursor);
			templates.push(...entries.map(asRecord).flatMap(toTemplate));
			if (next === undefined || next === cursor) break;
			cursor = next;
		}
		return templates;
	});
}

/** What the components add up to, or the first of them that a group cannot get. */
interface Parts {
	header: HeaderType | null;
	parameters: TemplateParameter[];
	refusals: string[];
}

function toTemplate(raw: Json): MessageTemplate[] {
	const [name, language] = [asText(raw.name), asText(raw.language)];
	if (name === null || language === null) return [];
	const isApproved = word(raw.status) === 'APPROVED';
	const isInvite = asText(raw.library_template_name) === inviteTemplate;
	const { header, parameters, refusals } = partsOf(raw);
	const reasons = [
		isApproved ? [] : `WhatsApp has not approved it: its status is ${word(raw.status)}.`,
		word(raw.category) === 'AUTHENTICATION' ? 'Groups get no authentication templates.' : [],
		isInvite ? 'It invites people to a group: use Invite Link: Send.' : [],
		refusals,
	].flat();
	const refusal = reasons.length === 0 ? null : reasons[0];
	const invite = isInvite ? { invite: { isApproved } } : {};
	return [{ name, language, refusal, ...invite, header, parameters }];
}

/** Groups get texts and files only: nothing to choose from, to buy or to sign in with (providers.md §4.1). */
function partsOf({ components }: Json): Parts {
	const parts: Parts = { header: null, parameters: [], refusals: [] };
	for (const component of asList(components).map(asRecord)) {
		switch (word(component.type)) {
			case 'HEADER':
				readHeader(component, parts);
				break;
			case 'BODY':
				parts.parameters.push(...gapsIn(component.text, 'body', 'Body'));
				break;
			case 'BUTTONS':
				asList(component.buttons)
					.map(asRecord)
					.forEach((button, index) => readButton(button, index, parts));
				break;
			case 'FOOTER':
				break;
			default:
				parts.refusals.push(`Groups get no template with ${word(component.type)}.`);
		}
	}
	return parts;
}

const headerTypes: Readonly<Record<string, HeaderType>> = {
	DOCUMENT: 'document',
	IMAGE: 'image',
	VIDEO: 'video',
};

function readHeader({ format, text }: Json, parts: Parts): void {
	const type = headerTypes[word(format)];
	if (type !== undefined) parts.header = type;
	else if (word(format) === 'TEXT') parts.parameters.push(...gapsIn(text, 'header', 'Header'));
	else parts.refusals.push(`Groups get no template with a header of the format ${word(format)}.`);
}

/** A link and a number to call stand by themselves; all else waits for what one person does. */
function readButton({ type, url }: Json, index: number, parts: Parts): void {
	if (word(type) === 'URL') {
		const gaps = gapsIn(url, 'button', `Button ${index + 1}`);
		parts.parameters.push(
			...gaps.map(({ id, label, component }) => ({ id, label, component, index })),
		);
	} else if (word(type) !== 'PHONE_NUMBER') {
		parts.refusals.push(`Groups get no template with a button of the type ${word(type)}.`);
	}
}

/** `{{1}}` in templates that count their gaps, `{{first_name}}` in those that name them. */
function gapsIn(
	text: unknown,
	component: TemplateParameter['component'],
	label: string,
): TemplateParameter[] {
	const found = (asText(text) ?? '').matchAll(/\{\{\s*(\w+)\s*\}\}/g);
	const keys = [...new Set([...found].map(([, key]) => key))];
	const isCounted = keys.every((key) => /^\d+$/.test(key));
	if (isCounted) keys.sort((a, b) => Number(a) - Number(b));
	return keys.map((key) => ({
		id: `${label.toLowerCase().replace(' ', '_')}_${key}`,
		label: `${label}: ${key}`,
		component,
		...(isCounted ? {} : { name: key }),
	}));
}

/** 360dialog writes in small letters what Meta writes in capitals. */
function word(value: unknown): string {
	return (asText(value) ?? 'unknown').toUpperCase();
}
