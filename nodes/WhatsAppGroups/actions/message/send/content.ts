import { fileTypes } from '../../../contract/messages';
import type { FileType, MessageContent, MessageType } from '../../../contract/messages';
import { personKeys, readAddress } from '../../../values/address';
import { InvalidInput } from '../../../values/invalidInput';
import type { Item } from '../../item';
import { participantReader } from '../../perEntry';
import { messageTypes } from './fields';
import { readFile } from './outgoingFile';
import { readTemplate } from './template';

/** What the user wants to send, read and checked against what the provider takes. */
export async function readContent(item: Item): Promise<MessageContent> {
	const { provider, values } = item;
	const type = values.choice('messageType', messageTypes) ?? 'text';
	const support = provider.messages[type];
	if (!support) {
		throw new InvalidInput(
			provider.unsupportedMessages[type] ?? `${provider.name} does not send this`,
			"Choose another 'Message Type', or another 'Provider'.",
		);
	}
	if (type === 'template') return await readTemplate(item, support);
	if (!isFileType(type)) return readers[type](item);
	const caption = values.optionalText('caption');
	return {
		type,
		file: await readFile(item, type, support.file!),
		...(support.file!.caption && caption !== undefined && caption !== '' ? { caption } : {}),
	};
}

function isFileType(type: MessageType): type is FileType {
	return (fileTypes as readonly string[]).includes(type);
}

const readers: Record<
	Exclude<MessageType, FileType | 'template'>,
	(item: Item) => MessageContent
> = {
	text(item) {
		const fields = item.values.collection('additionalFields');
		const readPerson = participantReader(item);
		return {
			type: 'text',
			text: item.values.text('text'),
			linkPreview: fields.optionalFlag('linkPreview'),
			linkPreviewHighQuality: fields.optionalFlag('linkPreviewHighQuality'),
			mentions: fields.wholeList('mentions', personKeys, (text) =>
				/^@?all$/i.test(text) ? 'all' : readPerson(text.replace(/^@/, '')),
			),
		};
	},
	location({ values }) {
		const fields = values.collection('additionalFields');
		return {
			type: 'location',
			latitude: values.number('latitude', { min: -90, max: 90 }),
			longitude: values.number('longitude', { min: -180, max: 180 }),
			name: fields.optionalText('locationName') || undefined,
			address: fields.optionalText('locationAddress') || undefined,
		};
	},
	contact({ values }) {
		const fields = values.collection('additionalFields');
		return {
			type: 'contact',
			name: values.text('contactName'),
			phone: phoneIn(values.id('contactPhone', 'Enter a phone number with country code.')),
			organization: fields.optionalText('contactOrganization') || undefined,
		};
	},
	poll({ values }) {
		const options = values.lines('pollOptions');
		if (options.length < 2 || options.length > 12) {
			throw new InvalidInput(
				options.length < 2
					? "'Options' of the poll are fewer than two"
					: "'Options' of the poll are more than twelve",
				'Enter 2 to 12 different answers, each on a line of its own.',
			);
		}
		return {
			type: 'poll',
			question: values.text('pollQuestion'),
			options,
			multipleAnswers: values.flag('pollMultipleAnswers', false),
		};
	},
};

function phoneIn(text: string): string {
	const what = "'Contact Phone' is not a phone number";
	let address;
	try {
		address = readAddress(text);
	} catch (error) {
		throw error instanceof InvalidInput ? new InvalidInput(what, error.description) : error;
	}
	if (address.kind === 'phone') return address.digits;
	throw new InvalidInput(what, 'Enter one with country code, e.g. +44 7700 900123: an ID is none.');
}
