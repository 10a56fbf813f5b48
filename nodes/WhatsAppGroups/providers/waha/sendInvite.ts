import type { Results, SendInvite } from '../../contract/operations';
import type { InviteResult } from '../../model';
import type { Api } from '../../transport/api';
import { invitePeople } from '../invitePeople';
import { inviteText } from '../inviteText';
import { getInviteLink } from './inviteLink';
import { sendMessage } from './message';

/** A person is a chat like a group, by their id (providers.md §3.6). */
export async function sendInvite(api: Api, input: SendInvite): Promise<Results<InviteResult>> {
	const text = await inviteText(api, input, getInviteLink);
	return await invitePeople(
		api,
		input.participants,
		async (chat) => await sendMessage(api, { group: chat, content: { type: 'text', text } }),
	);
}
