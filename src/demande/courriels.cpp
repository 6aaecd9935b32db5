// Writes the messages about a demande.
#include "demande/courriels.hpp"

#include <fmt/format.h>

#include "demande/preavis.hpp"

namespace demande::courriels {

namespace {

courrier::Courriel message(const Sujet& s, std::string_view gabarit, std::string objet)
{
    return {.gabarit = std::string{gabarit},
            .destinataire = s.email,
            .objet = std::move(objet),
            .blocs = {courrier::Paragraphe{"Bonjour " + s.nom + ","}},
            .territoire = s.territoire,
            .objet_type = "demande",
            .objet_id = s.id,
            .raison =
                "Vous recevez ce message parce que vous avez une demande de logement social et que vous "
                "avez accepté d’être informé par courriel."};
}

/// What tells the key of a copy from that of the first.
std::string copie(const Sujet& s)
{
    return s.copie == 0 ? std::string{} : "/" + std::to_string(s.copie);
}

} // namespace

courrier::Courriel attestation(const Sujet& s, Date ancre, bool renouvelee, std::string pdf)
{
    auto c = message(s, gabarit_attestation,
                     renouvelee ? "Votre demande de logement social est renouvelée"
                                : "Votre demande de logement social est enregistrée");
    auto nouvelle =
        renouvelee
            ? fmt::format("Votre demande de logement social {} est renouvelée. Vous gardez votre numéro et "
                          "votre ancienneté.",
                          s.numero)
            : fmt::format("Votre demande de logement social est enregistrée sous le numéro unique {}. "
                          "Service qui l’a enregistrée\u00a0: {}.",
                          s.numero, s.guichet);
    c.blocs.emplace_back(courrier::Paragraphe{std::move(nouvelle)});
    c.blocs.emplace_back(courrier::Paragraphe{
        "L’attestation est jointe à ce message. Gardez-la\u00a0: elle dit jusqu’à quand la demande est "
        "valable, "
        "quelles pièces réunir et ce que vous avez déclaré. Une erreur ou un changement\u00a0? Signalez-le à "
        "n’importe quel guichet."});
    c.joint = courrier::Joint{"attestation.pdf", "application/pdf", std::move(pdf)};
    // Once for each year of validity.
    c.cle = fmt::format("{}/{}/{}", gabarit_attestation, s.id, base::to_iso(ancre));
    return c;
}

courrier::Courriel preavis(const Sujet& s, const Jalons& j, Date jour)
{
    auto c = message(s, "preavis_demande", "Votre demande de logement social est à renouveler");
    for (auto& phrase : phrases_du_preavis(s.numero, j, jour))
        c.blocs.emplace_back(courrier::Paragraphe{std::move(phrase)});
    c.blocs.emplace_back(courrier::Bouton{"Renouveler ma demande", s.site + "/ma-demande"});
    c.blocs.emplace_back(
        courrier::Paragraphe{"Vous pouvez aussi aller dans le guichet de votre choix. Où sont-ils\u00a0? " +
                             s.site + "/demander/guichets"});
    c.cle = "preavis_demande/" + s.id + "/" + base::to_iso(j.ancre) + copie(s);
    return c;
}

courrier::Courriel rappel(const Sujet& s, Etape etape, const Jalons& j)
{
    const auto fin = base::in_words(j.fin_de_validite), tolerance = base::in_words(j.fin_de_tolerance);
    const bool expiree = etape == Etape::Expiration || etape == Etape::DernierRappel;
    auto c = message(s, "rappel_demande",
                     expiree ? "Votre demande de logement social a expiré, vous pouvez encore la renouveler"
                             : "Rappel\u00a0: votre demande de logement social est à renouveler");
    std::string texte;
    if (etape == Etape::Expiration)
        texte =
            "Votre demande " + s.numero + " n’a pas été renouvelée avant le " + fin +
            ". Rien n’est perdu\u00a0: vous pouvez la renouveler jusqu’au " + tolerance +
            " inclus, en ligne ou dans n’importe quel guichet. Vous gardez votre numéro et votre ancienneté.";
    else if (etape == Etape::DernierRappel)
        texte = "Dernier rappel\u00a0: votre demande " + s.numero + " peut être renouvelée jusqu’au " +
                tolerance +
                " inclus, en ligne ou dans n’importe quel guichet. Ensuite, elle peut être radiée.";
    else
        texte = "Votre demande " + s.numero + " est valable jusqu’au " + fin +
                " inclus. Renouvelez-la avant, en ligne ou dans n’importe quel guichet\u00a0: vous gardez "
                "votre numéro et "
                "votre ancienneté.";
    c.blocs.emplace_back(courrier::Paragraphe{std::move(texte)});
    c.blocs.emplace_back(
        courrier::Paragraphe{"Si vous l’avez déjà renouvelée, ne tenez pas compte de ce message."});
    c.blocs.emplace_back(
        courrier::Paragraphe{"Où sont les guichets\u00a0? " + s.site + "/demander/guichets"});
    c.blocs.emplace_back(courrier::Bouton{"Renouveler ma demande", s.site + "/ma-demande"});
    c.cle = "rappel_demande/" + std::string{base::slug_of(etapes, etape)} + "/" + s.id + "/" +
            base::to_iso(j.ancre) + copie(s);
    return c;
}

courrier::Courriel annonce(const Sujet& s, const Annonce& a, const Jalons& j)
{
    auto c = message(s, a.fin == Fin::Radiation ? "radiation_demande" : "dernier_mois_demande", titre(a));
    for (auto& phrase : phrases(a, s.numero, j))
        c.blocs.emplace_back(courrier::Paragraphe{std::move(phrase)});
    for (auto& geste : que_faire(a, s.site)) c.blocs.emplace_back(courrier::Paragraphe{std::move(geste)});
    c.blocs.emplace_back(courrier::Bouton{"Voir ma demande", s.site + "/ma-demande"});
    if (auto voies = recours(a); !voies.empty()) {
        c.blocs.emplace_back(courrier::Paragraphe{"Si vous n’êtes pas d’accord\u00a0:"});
        for (auto& voie : voies) c.blocs.emplace_back(courrier::Paragraphe{std::move(voie)});
    }
    c.blocs.emplace_back(courrier::Paragraphe{article(a) + "."});
    // Removed, brought back and removed again, it is told again.
    c.cle = c.gabarit + "/" + s.id + "/" + (a.radiee_le ? base::to_iso(*a.radiee_le) : "") +
            (a.motif ? "/" + std::string{base::slug_of(motifs_radiation, *a.motif)} : "") + copie(s);
    return c;
}

courrier::Courriel information(const Sujet& s, std::string_view gabarit, std::string objet,
                               std::vector<std::string> phrases, std::string bouton, const std::string& cle)
{
    auto c = message(s, gabarit, std::move(objet));
    for (auto& phrase : phrases) c.blocs.emplace_back(courrier::Paragraphe{std::move(phrase)});
    c.blocs.emplace_back(courrier::Bouton{std::move(bouton), s.site + "/ma-demande"});
    c.blocs.emplace_back(
        courrier::Paragraphe{"Où sont les guichets\u00a0? " + s.site + "/demander/guichets"});
    c.cle = c.gabarit + "/" + s.id + "/" + cle + copie(s);
    return c;
}

courrier::Courriel reunion(const Sujet& s, const std::string& radiee, const Jalons& j)
{
    auto c = message(s, "reunion_de_demandes", "Vos deux demandes de logement social n’en font plus qu’une");
    c.blocs.emplace_back(courrier::Paragraphe{"Vous aviez deux demandes. La plus ancienne, " + s.numero +
                                              ", continue avec son numéro et son ancienneté. L’autre, " +
                                              radiee + ", est radiée."});
    c.blocs.emplace_back(courrier::Paragraphe{
        "Votre demande est valable jusqu’au " + base::in_words(j.fin_de_validite) +
        " inclus. Relisez-la\u00a0: ce qui n’était écrit que sur l’autre est à y ajouter. Si l’une des deux "
        "n’était pas la vôtre, allez vite dans un guichet, avec une pièce d’identité."});
    c.blocs.emplace_back(courrier::Bouton{"Voir ma demande", s.site + "/ma-demande"});
    c.cle = "reunion_de_demandes/" + s.id + "/" + radiee + copie(s);
    return c;
}

courrier::Courriel avertissement(const Sujet& s, const Avertissement& a, bool tout)
{
    auto c = message(s, "avertissement_demande", titre_de_l_avertissement());
    if (tout)
        for (auto& phrase : phrases(a, s.numero))
            c.blocs.emplace_back(courrier::Paragraphe{std::move(phrase)});
    else
        c.blocs.emplace_back(
            courrier::Paragraphe{"Un avertissement attend une réponse pour la demande de logement "
                                 "social " +
                                 s.numero + ". La lettre et la page de la demande disent pourquoi."});
    c.blocs.emplace_back(courrier::Paragraphe{
        "Une lettre vous le dit aussi\u00a0: le délai court du jour où elle vous est remise. Vous pouvez "
        "répondre dès maintenant, en ligne, par écrit ou dans un guichet."});
    c.blocs.emplace_back(courrier::Bouton{"Répondre", s.site + "/ma-demande"});
    c.blocs.emplace_back(courrier::Paragraphe{article(a) + "."});
    c.cle = "avertissement_demande/" + a.id + copie(s);
    return c;
}

courrier::Courriel avertissement_remis(const Sujet& s, const Avertissement& a)
{
    auto c = message(s, "avertissement_remis", "Un délai pour répondre est en cours");
    c.blocs.emplace_back(
        courrier::Paragraphe{"L’avertissement écrit pour la demande de logement social " + s.numero +
                             " est noté comme remis le " + base::in_words(a.remis_le.value()) +
                             ". Répondez au plus tard le " + base::in_words(fin_du_delai(a).value()) +
                             " inclus\u00a0: sans réponse, la demande peut être radiée."});
    c.blocs.emplace_back(courrier::Paragraphe{
        "Vous n’avez rien reçu ? Dites-le à un guichet, ou répondez ici\u00a0: une réponse arrête tout."});
    c.blocs.emplace_back(courrier::Bouton{"Répondre", s.site + "/ma-demande"});
    c.cle = "avertissement_remis/" + a.id + copie(s);
    return c;
}

} // namespace demande::courriels
