import type { MessageSupport } from '../../contract/messages';
import { endpointFor } from './message';

/** A request holds the file as base64, and WAHA takes requests of up to 50 MB (providers.md §3.6 [I]). */
const largest = 35 * 1024 * 1024;

const file = (type: 'document' | 'image' | 'video' | 'voice', caption: boolean, kind?: RegExp) => ({
	endpoints: [endpointFor(type)],
	file: { size: largest, caption, mimeTypes: kind && mimeTypes.filter((name) => kind.test(name)) },
});

/** What the server can make of what it gets. */
const mimeTypes = [
	'audio/aac',
	'audio/amr',
	'audio/mp4',
	'audio/mpeg',
	'audio/ogg',
	'audio/wav',
	'image/gif',
	'image/jpeg',
	'image/png',
	'image/webp',
	'video/3gpp',
	'video/mp4',
	'video/quicktime',
	'video/webm',
];

export const wahaMessages = {
	contact: { endpoints: [endpointFor('contact')] },
	document: file('document', true),
	image: file('image', true, /^image/),
	location: {
		endpoints: [endpointFor('location')],
		note: 'Name and address are shown as one title.',
	},
	poll: { endpoints: [endpointFor('poll')] },
	text: { endpoints: [endpointFor('text')] },
	video: {
		...file('video', true, /^video/),
		note: 'The server converts it to what WhatsApp plays.',
	},
	voice: {
		...file('voice', false, /^audio/),
		note: 'The server converts it to what WhatsApp plays.',
	},
} satisfies Record<string, MessageSupport>;

export const wahaLacksMessages = {
	audio: 'WAHA sends recordings as voice notes or as files: use Voice Note or Document.',
	template:
		'WAHA has no templates: its number is no business account, and may send any text at any time.',
	sticker: 'WAHA has no stickers: use Image.',
};
