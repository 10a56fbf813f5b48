import type { INodeProperties } from 'n8n-workflow';
import type { MessageType } from '../../../contract/messages';

/** Where a file is, by what was chosen in the field `source`. */
export function filePlaceFields(source: string, messageType: MessageType[]): INodeProperties[] {
	return [
		{
			displayName: 'Input Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			description: 'Name of the input field that holds the file',
			hint: 'The name of the input field containing the binary file data to be sent',
			displayOptions: { show: { messageType, [source]: ['binary'] } },
		},
		{
			displayName: 'URL',
			name: 'fileUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://example.com/report.pdf',
			description: 'Web address of the file, which is fetched from there without signing in',
			displayOptions: { show: { messageType, [source]: ['url'] } },
		},
	];
}
