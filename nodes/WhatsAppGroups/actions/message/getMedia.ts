import { readMediaReference } from '../../values/mediaReference';
import { fileNameFor } from '../../values/fileName';
import { megabyte } from '../../values/size';
import { defineOperation } from '../operation';

/** No provider takes larger ones; while it is downloaded it is held in memory. */
const maxBytes = 100 * megabyte;

export const getMedia = defineOperation({
	key: 'message.getMedia',
	name: 'Get Media',
	action: 'Get media of message',
	description: 'Download the file of a received message',
	fields: [
		{
			displayName: 'Media ID or URL',
			name: 'media',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. {{ $json.message.media }}',
			description:
				'The <code>message.media</code> that the trigger puts out, or an ID or URL in it. At WAHA the ID of the message is taken too, at Sinch only a URL.',
		},
		{
			displayName: 'Output Data Field Name',
			name: 'outputPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			description: 'Name of the output field that will hold the file',
			hint: 'The name of the output field to put the binary file data in',
		},
	],
	async run(item, download) {
		const media = readMediaReference(item.values.field('media'));
		const field = item.values.id(
			'outputPropertyName',
			'Enter the name of the field that is to hold the file.',
		);
		const { data, mimeType, fileName } = await download(item.api, { media, maxBytes });
		const file = await item.context.helpers.prepareBinaryData(
			data,
			fileNameFor(fileName, mimeType),
			mimeType ?? undefined,
		);
		return [
			{
				json: { fileName: file.fileName, mimeType: file.mimeType, fileSize: data.length },
				binary: { [field]: file },
			},
		];
	},
});
