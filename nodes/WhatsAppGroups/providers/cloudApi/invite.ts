import type { Answer, Results, SendInvite } from '../../contract/operations';
import type { InviteResult, SentMessage } from '../../model';
import type { Api } from '../../transport/api';
import { invitePeople } from '../invitePeople';
import { readAnswer } from './answer';
import { product } from './product';
import { toSentMessage } from './readers';
import type { Surface } from './surface';

/** WhatsApp puts the link in place of the group's ID when it delivers the message (providers.md §4.3.5). */
export async function sendInvite(
	at: Surface,
	api: Api,
	{ group, participants, template }: SendInvite,
): Promise<Results<InviteResult>> {
	const { name, language } = template!;
	const parameters = [{ type: 'group_id', group_id: group }];
	const content = {
		name,
		language: { code: language },
		components: [{ type: 'body', parameters }],
	};
	return await invitePeople(api, participants, async (to): Promise<Answer<SentMessage>> => {
		const response = await api.request({
			method: 'POST',
			path: `${at.number(api)}/messages`,
			body: { ...product, recipient_type: 'individual', to, type: 'template', template: content },
		});
		const sent = toSentMessage(readAnswer(api, response));
		if (!sent) throw api.unreadable(response);
		return sent;
	});
}
