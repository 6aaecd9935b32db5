// See pages_tus.hpp.
#include "piece/pages_tus.hpp"

#include <utility>

#include "base/json.hpp"
#include "base/step.hpp"
#include "base/text.hpp"

namespace piece::tus {
namespace reponses_tus {

http::Response nue(int status)
{
    http::Response r;
    r.status = status;
    r.header("Tus-Resumable", std::string{version});
    return r;
}

http::Response refus(const Refus& pourquoi)
{
    auto r = http::text(std::string{pourquoi.pourquoi} + "\n", pourquoi.status);
    r.header("Tus-Resumable", std::string{version});
    if (pourquoi.status == 412) r.header("Tus-Version", std::string{version});
    return r;
}

/// For the person: the island shows it beside the file.
http::Response refus_en_mots(std::string_view message, int status)
{
    auto r = http::json("{\"message\":" + base::json_string(message) + "}", status);
    r.header("Tus-Resumable", std::string{version});
    return r;
}

http::Response avancement(int status, std::uint64_t position, Instant expire_le)
{
    auto r = nue(status);
    r.header("Upload-Offset", std::to_string(position));
    r.header("Upload-Expires", http::http_date(expire_le.ms / 1000));
    return r;
}

std::string precision(const http::Pairs& precisions, std::string_view nom)
{
    for (const auto& [n, valeur] : precisions)
        if (n == nom) return valeur;
    return {};
}

/// What came is durable before the answer says so; the last bytes make a file of it.
http::Response conclure(Televersements& tous, const std::string& nom, Ecriture& e, const Porte& porte,
                        int status)
{
    switch (e.conclure()) {
    case Ecriture::Fin::Durable:
        break;
    case Ecriture::Fin::Fausse:
        return refus({460, "the bytes do not have the digest announced"});
    case Ecriture::Fin::Cedee:
        return refus({423, "another request has taken over this upload"});
    }
    if (e.complet()) {
        const auto octets = e.lire();
        const auto& precisions = e.objet().precisions;
        const auto refuses = porte.attacher({.field = "fichiers",
                                             .client_name = precision(precisions, "filename"),
                                             .client_type = {},
                                             .data = octets.vue},
                                            precisions);
        base::step("upload.attached");
        if (!refuses.empty()) {
            tous.effacer(nom);
            return refus_en_mots(refuses.front().message, 422);
        }
        tous.finir(nom);
    }
    return avancement(status, e.position(), e.objet().expire_le);
}

http::Response prendre_le_corps(Televersements& tous, std::string nom, std::shared_ptr<Ecriture> ecriture,
                                Porte porte, int status)
{
    http::Response r;
    r.intake = std::make_shared<http::Intake>();
    r.intake->take = [ecriture](std::string_view octets) { return ecriture->ajouter(octets); };
    r.intake->end = [&tous, nom = std::move(nom), ecriture, porte = std::move(porte), status] {
        auto reponse = conclure(tous, nom, *ecriture, porte, status);
        if (status == 201) reponse.header("Location", porte.collection + "/" + nom + "/octets");
        return reponse;
    };
    return r;
}

http::Response ajouter(Televersements& tous, const http::Request& req, const std::string& nom,
                       Televersements::Tentative pris, Porte porte)
{
    const auto ajout = lire_ajout(req);
    if (!ajout) return refus(ajout.error());
    const bool fini = pris.etat == Televersements::Etat::Fini;
    const auto longueur = fini ? pris.longueur : pris.ecriture->objet().longueur;
    const auto position = fini ? longueur : pris.ecriture->position();
    if (const auto non = refuser_ajout(*ajout, octets_annonces(req), position, longueur)) return refus(*non);
    if (fini) return avancement(204, longueur, pris.expire_le);
    if (ajout->empreinte) pris.ecriture->exiger(*ajout->empreinte);
    return prendre_le_corps(tous, nom, std::move(pris.ecriture), std::move(porte), 204);
}

http::Response dire_ou_il_en_est(Televersements& tous, const std::string& nom, Televersements::Tentative pris,
                                 const Porte& porte)
{
    const bool fini = pris.etat == Televersements::Etat::Fini;
    const auto longueur = fini ? pris.longueur : pris.ecriture->objet().longueur;
    // All its bytes may be here and no file made of them: whoever received them died in between.
    auto r =
        fini ? avancement(200, longueur, pris.expire_le) : conclure(tous, nom, *pris.ecriture, porte, 200);
    r.header("Upload-Length", std::to_string(longueur));
    r.header("Cache-Control", "no-store");
    return r;
}

} // namespace reponses_tus

http::Response capacites()
{
    auto r = reponses_tus::nue(204);
    r.header("Tus-Version", std::string{version});
    r.header("Tus-Extension", std::string{extensions});
    r.header("Tus-Max-Size", std::to_string(taille_max));
    r.header("Tus-Checksum-Algorithm", std::string{algorithmes});
    return r;
}

http::Response creer(Televersements& tous, const http::Request& req, Porte porte, Instant maintenant)
{
    if (const auto non = refuser_version(req)) return reponses_tus::refus(*non);
    const auto creation = lire_creation(req, taille_max);
    if (!creation) {
        if (creation.error().status != 413) return reponses_tus::refus(creation.error());
        return reponses_tus::refus_en_mots(
            "Ce fichier est trop lourd : la limite est de " + base::format_bytes(taille_max) + ".", 413);
    }
    Televersement t{.rattachement = porte.rattachement,
                    .adresse = porte.adresse,
                    .longueur = creation->longueur,
                    .expire_le = maintenant.plus_seconds(televersement_secondes),
                    .precisions = {}};
    for (const auto& [nom, valeur] : creation->metadonnees)
        t.precisions.emplace_back(nom, base::truncate(base::clean_text(valeur).value_or(""), 300));
    const auto nom = tous.commencer(t, maintenant);
    if (!nom)
        return reponses_tus::refus_en_mots(
            "Trop d’envois ont été commencés sans être finis. Réessayez dans quelques heures.", 429);
    if (creation->avec_octets || creation->longueur == 0) {
        auto pris = tous.prendre(*nom, porte.rattachement, maintenant);
        if (pris.etat != Televersements::Etat::Pris) return reponses_tus::refus({423, "locked"});
        if (creation->empreinte) pris.ecriture->exiger(*creation->empreinte);
        return reponses_tus::prendre_le_corps(tous, *nom, std::move(pris.ecriture), std::move(porte), 201);
    }
    auto r = reponses_tus::avancement(201, 0, t.expire_le);
    r.header("Location", porte.collection + "/" + *nom + "/octets");
    return r;
}

http::Response poursuivre(Televersements& tous, const http::Request& req, const std::string& nom, Porte porte,
                          Instant maintenant)
{
    if (const auto non = refuser_version(req)) return reponses_tus::refus(*non);
    const auto quoi = methode(req);
    if (quoi != http::Method::Head && quoi != http::Method::Patch && quoi != http::Method::Delete)
        return reponses_tus::refus({405, "HEAD, PATCH or DELETE"})
            .header("Allow", "HEAD, PATCH, DELETE, OPTIONS");
    // Read before anything is taken from whoever writes now: a malformed request must not cut it.
    if (quoi == http::Method::Patch)
        if (const auto ajout = lire_ajout(req); !ajout) return reponses_tus::refus(ajout.error());
    auto pris = tous.prendre(nom, porte.rattachement, maintenant);
    switch (pris.etat) {
    case Televersements::Etat::Absent:
        return reponses_tus::refus({404, "no such upload here"});
    case Televersements::Etat::Expire:
        return reponses_tus::refus({410, "this upload has expired"});
    case Televersements::Etat::Tenu:
        return reponses_tus::refus({423, "this upload is being written"});
    case Televersements::Etat::Fini:
    case Televersements::Etat::Pris:
        break;
    }
    if (quoi == http::Method::Delete) {
        tous.effacer(nom);
        return reponses_tus::nue(204);
    }
    if (quoi == http::Method::Head) return reponses_tus::dire_ou_il_en_est(tous, nom, std::move(pris), porte);
    return reponses_tus::ajouter(tous, req, nom, std::move(pris), std::move(porte));
}

} // namespace piece::tus
