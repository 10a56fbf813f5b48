import { readLimit } from '../../../waiting/limit';
import { defaultLabels, readQuestion } from '../../../waiting/question';
import { defineOperation } from '../../operation';
import { sendAndWaitFields, sendAndWaitOptions } from './fields';

export const sendAndWait = defineOperation({
	key: 'message.sendAndWait',
	name: 'Send and Wait for Response',
	action: 'Send message to group and wait for response',
	description:
		'Send a message with a link and wait until somebody answers on its page, once and for the first item only',
	onGroup: true,
	runsOnce: true,
	ifUnknown:
		'The message may have been sent all the same: look into the group before running this again. Its link answers nothing.',
	fields: sendAndWaitFields,
	options: sendAndWaitOptions,
	async run(item, sendMessage) {
		const { context, values } = item;
		const options = values.collection('options');
		const waitTill = readLimit(options, context.getTimezone());
		// The webhook reads it anew; what it could not show is told now.
		readQuestion(values);
		const text = [
			values.text('message'),
			`*${options.optionalId('messageLinkLabel') ?? defaultLabels.link}:*\n${context.getSignedResumeUrl()}`,
			options.optionalText('messageFooter') ?? '',
		];
		await sendMessage(item.api, {
			group: item.group(),
			content: {
				type: 'text',
				text: text.filter((part) => part.trim() !== '').join('\n\n'),
				// Its page says no more than the message.
				linkPreview: false,
			},
		});
		await context.putExecutionToWait(waitTill);
		// While it waits; an answer replaces it, and when the time is over n8n passes the input on.
		return context.getInputData().map(({ json, binary }) => ({ json, binary }));
	},
});
