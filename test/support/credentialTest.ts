import { prepare } from './n8n';
import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { WhatsAppGroups } from '../../nodes/WhatsAppGroups/WhatsAppGroups.node';

const node = new WhatsAppGroups();

/** Tests a credential as n8n does: by the function that the node names for its type. */
export async function testCredential(
	type: string,
	data: IDataObject,
): Promise<INodeCredentialTestResult> {
	const { testedBy } = node.description.credentials!.find(({ name }) => name === type)!;
	const test = node.methods.credentialTest[testedBy as 'testCredential'];
	const decrypted = data as ICredentialDataDecryptedObject;
	const context = await credentialTestContext();
	return await test.call(context, { id: '1', name: type, type, data: decrypted });
}

export async function credentialTestContext(): Promise<CredentialTestContext> {
	const { additionalData } = await prepare({ parameters: {}, credentials: {} });
	return new CredentialTestContext(additionalData);
}
