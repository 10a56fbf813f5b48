import type { MessageSupport } from '../../contract/messages';

const megabyte = 1024 * 1024;
const endpoints = ['POST /v1/whatsapp/send'];

/**
 * Sinch documents no limits; it passes files on to WhatsApp, which takes these (providers.md §1.3). A document
 * is limited by the request that it is part of [I].
 */
export const sinchMessages = {
	audio: {
		endpoints,
		file: {
			size: 16 * megabyte,
			caption: false,
			mimeTypes: ['audio/aac', 'audio/amr', 'audio/mp4', 'audio/mpeg', 'audio/ogg'],
		},
	},
	contact: { endpoints },
	document: {
		endpoints,
		file: { size: 16 * megabyte, caption: true },
		note: 'The caption is shown as the name of the document. Larger ones can be sent by URL.',
	},
	image: {
		endpoints,
		file: { size: 5 * megabyte, caption: true, mimeTypes: ['image/jpeg', 'image/png'] },
	},
	location: { endpoints },
	template: {
		endpoints,
		unproven:
			'Nobody has shown yet that Sinch sends templates to groups: its documents do not say. Its list of templates is at another address, to which this node does not send the credential, so that name, language and namespace are entered as Sinch tells them.',
	},
	text: { endpoints },
	video: {
		endpoints,
		file: { size: 16 * megabyte, caption: true, mimeTypes: ['video/3gpp', 'video/mp4'] },
	},
} satisfies Record<string, MessageSupport>;

export const sinchLacksMessages = {
	poll: 'Sinch has no polls: ask in a text, and let people answer by message.',
	sticker: 'Sinch has no stickers: use Image.',
	voice: 'Sinch has no voice notes: use Audio.',
};
