import type { Results, SendInvite } from '../../contract/operations';
import type { InviteResult } from '../../model';
import type { Api } from '../../transport/api';
import { invitePeople } from '../invitePeople';
import { inviteText } from '../inviteText';
import { getInviteLink } from './inviteLink';
import { sendTo } from './message';

export async function sendInvite(api: Api, input: SendInvite): Promise<Results<InviteResult>> {
	const text = await inviteText(api, input, getInviteLink);
	return await invitePeople(
		api,
		input.participants,
		async (destination) =>
			await sendTo(api, { destination, recipientType: 'individual' }, { messageText: text }),
	);
}
