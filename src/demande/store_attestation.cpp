// SQL of the attestations that leave by e-mail.
#include "demande/store_attestation.hpp"

namespace demande::store {

namespace {

std::vector<AttestationEnRoute> attestations(db::Transaction& tx, std::string_view etat,
                                             std::string_view apres)
{
    return tx.query<AttestationEnRoute>("SELECT id, guichet FROM demande WHERE attestation_courriel = $1 AND "
                                        "attestation_courriel <> '' AND id "
                                        "> $2 ORDER BY id LIMIT 100",
                                        etat, apres);
}

} // namespace

void demander_attestation_par_courriel(db::Transaction& tx, const std::string& demande)
{
    tx.exec("UPDATE demande SET attestation_courriel = 'a_preparer' WHERE id = $1", demande);
}

std::vector<AttestationEnRoute> attestations_a_preparer(db::Transaction& tx, std::string_view apres)
{
    return attestations(tx, "a_preparer", apres);
}

std::vector<AttestationEnRoute> attestations_en_route(db::Transaction& tx, std::string_view apres)
{
    return attestations(tx, "en_route", apres);
}

bool attestation_mise_en_route(db::Transaction& tx, const Fiche& f, bool peut_partir)
{
    return tx.exec("UPDATE demande SET attestation_courriel = $3 WHERE id = $1 AND version = $2 AND "
                   "attestation_courriel = 'a_preparer'",
                   f.id, f.version, peut_partir ? "en_route" : "") == 1 &&
           peut_partir;
}

void attestation_arrivee(db::Transaction& tx, const std::string& demande)
{
    tx.exec(
        "UPDATE demande SET attestation_courriel = '' WHERE id = $1 AND attestation_courriel = 'en_route'",
        demande);
}

} // namespace demande::store
