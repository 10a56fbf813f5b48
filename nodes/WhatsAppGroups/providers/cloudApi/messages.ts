import type { MessageSupport } from '../../contract/messages';

const megabyte = 1024 * 1024;

/** What WhatsApp's Cloud API takes in groups: text and files (providers.md §2.1, §2.4, §9). */
export function cloudApiMessages(number: string) {
	const send = `POST ${number}/messages`;
	const upload = `POST ${number}/media`;
	const file = (size: number, caption: boolean, mimeTypes?: string[]): MessageSupport => ({
		endpoints: [upload, send],
		file: { size, caption, mimeTypes },
	});
	return {
		audio: file(16 * megabyte, false, [
			'audio/aac',
			'audio/amr',
			'audio/mp4',
			'audio/mpeg',
			'audio/ogg',
		]),
		document: file(100 * megabyte, true),
		image: file(5 * megabyte, true, ['image/jpeg', 'image/png']),
		sticker: file(500 * 1024, false, ['image/webp']),
		text: { endpoints: [send] },
		video: file(16 * megabyte, true, ['video/3gpp', 'video/mp4']),
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
