import type { MessageSupport } from '../../contract/messages';
import type { Surface } from './surface';

const megabyte = 1024 * 1024;

/** Whatever else is uploaded is refused; a table as CSV goes as plain text (providers.md §9). */
const documents = [
	'application/pdf',
	'application/msword',
	'application/vnd.ms-excel',
	'application/vnd.ms-powerpoint',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	'text/plain',
];

/** What WhatsApp's Cloud API takes in groups: text and files (providers.md §2.1, §2.4, §9). */
export function cloudApiMessages({ number, templates }: Surface['documented']) {
	const send = `POST ${number}/messages`;
	const upload = `POST ${number}/media`;
	const file = (size: number, caption: boolean, mimeTypes?: string[]): MessageSupport => ({
		endpoints: [upload, send],
		file: { size, caption, mimeTypes },
	});
	const files = {
		document: file(100 * megabyte, true, documents),
		image: file(5 * megabyte, true, ['image/jpeg', 'image/png']),
		video: file(16 * megabyte, true, ['video/3gpp', 'video/mp4']),
	};
	return {
		...files,
		audio: file(16 * megabyte, false, [
			'audio/aac',
			'audio/amr',
			'audio/mp4',
			'audio/mpeg',
			'audio/ogg',
		]),
		sticker: file(500 * 1024, false, ['image/webp']),
		template: {
			endpoints: [`GET ${templates}`, upload, send],
			headers: {
				document: files.document.file!,
				image: files.image.file!,
				video: files.video.file!,
			},
			note: 'Approved ones, of text and files: none for authentication, and none with buttons other than links and numbers. The upload is for a file in the header.',
		},
		text: { endpoints: [send] },
	};
}

/** What it has for single people only, or for nobody. */
export function cloudApiLacksMessages(name: string) {
	const onlyPeople = `WhatsApp's Cloud API, and so ${name}, takes text and files in groups only`;
	return {
		contact: `${onlyPeople}, no contact cards: send name and number as a text.`,
		location: `${onlyPeople}, no locations: send a link to a map as a text.`,
		poll: `${onlyPeople}, no polls: ask in a text, and let people answer by message.`,
		voice: `${name} has no voice notes in groups: use Audio.`,
	};
}
