// The declaration tab: désordres first, then people, dwelling, steps already taken.
#include "signalement/views_declaration.hpp"

#include <fmt/format.h>

#include <map>

#include "base/text.hpp"
#include "signalement/depot/lecture.hpp"

namespace signalement::views {

namespace {

template <class E, std::size_t N>
ui::Markup label(const base::Name<E> (&table)[N], const std::optional<E>& value)
{
    return value ? ui::Markup{base::label_of(table, *value)} : ui::Markup{};
}

ui::Markup number(const std::optional<int>& n, std::string_view unit = {})
{
    return n ? ui::Markup{fmt::format("{}{}{}", *n, unit.empty() ? "" : " ", unit)} : ui::Markup{};
}

ui::Markup contact(const Personne& p)
{
    ui::Html h;
    const auto nom = std::string{base::trim(p.prenom + " " + p.nom)};
    if (!nom.empty()) h("{}", nom);
    if (!p.email.empty()) h("<br>{}", ui::link(p.email, ui::mailto(p.email)));
    if (!p.telephone.empty()) h("<br>{}", ui::link(base::format_phone(p.telephone), ui::tel(p.telephone)));
    return std::move(h).markup();
}

std::string surface(int dm2)
{
    if (dm2 % 100 == 0) return fmt::format("{} m²", dm2 / 100);
    if (dm2 % 10 == 0) return fmt::format("{},{} m²", dm2 / 100, dm2 / 10 % 10);
    return fmt::format("{},{:02} m²", dm2 / 100, dm2 % 100);
}

std::string euros(std::int64_t centimes)
{
    if (centimes % 100 == 0) return fmt::format("{}\u00a0€", centimes / 100);
    return fmt::format("{},{:02}\u00a0€", centimes / 100, centimes % 100);
}

std::string pourcent(int centiemes)
{
    return fmt::format("{},{:02} %", centiemes / 100, centiemes % 100);
}

void desordres(ui::Html& h, const Fiche& f)
{
    h("<h2 class=\"fr-h4\">Désordres déclarés</h2>");
    if (f.precisions.empty()) h("<p>Aucun désordre n’a été décrit.</p>");
    for (const auto& zone : desordre::zones) {
        bool opened = false;
        std::string_view categorie;
        for (const auto& chosen : f.precisions) {
            const auto* p = desordre::find_precision(chosen.slug);
            const auto* c = p ? desordre::find_critere(p->critere) : nullptr;
            if (!c || c->zone != zone.value) continue;
            if (!opened) h("<h3 class=\"fr-h6\">{}</h3>", zone.label);
            if (c->categorie != categorie) {
                if (!categorie.empty()) h("</ul>");
                const auto* g = desordre::find_categorie(c->categorie);
                h("<p class=\"fr-mb-1v\"><strong>{}</strong></p><ul>", g ? g->libelle : c->categorie);
            }
            opened = true;
            categorie = c->categorie;
            h("<li>{}", desordre::libelle_complet(*p));
            if (p->danger) h(" {}", ui::badge("Danger", ui::BadgeTone::Error));
            if (!chosen.texte_libre.empty()) h("<br><q>{}</q>", chosen.texte_libre);
            if (chosen.presumee)
                h("<br><span class=\"fr-text--sm\">Précision non donnée : lecture la moins grave.</span>");
            h("</li>");
        }
        if (opened) h("</ul>");
    }
}

} // namespace

void declaration(ui::Html& h, const Fiche& f)
{
    const auto& s = f.signalement;
    desordres(h, f);
    if (!s.description.empty()) {
        h("<h2 class=\"fr-h4\">Dans les mots du déposant</h2><blockquote class=\"logis-citation\">");
        for (const auto& line : base::split(s.description, '\n'))
            if (!base::trim(line).empty()) h("<p>{}</p>", line);
        h("</blockquote>");
    }
    ui::recap(h, {.title = "Adresse",
                  .rows = {{"Adresse", adresse_en_une_ligne(s.adresse)},
                           {"Étage, escalier, porte",
                            std::string{base::trim(
                                base::join({s.adresse.etage, s.adresse.escalier, s.adresse.porte}, " "))}},
                           {"Complément", s.adresse.autre},
                           {"Code INSEE", s.adresse.insee},
                           {"Adresse reconnue", s.adresse.ban_id ? "Oui, par la base adresse nationale"
                                                                 : "Non, saisie librement"}}});
    ui::Recap personnes{.title = "Personnes",
                        .rows = {{"Déposant", contact(s.declarant.contact)},
                                 {"À quel titre", base::label_of(profils, s.declarant.profil)},
                                 {"Organisme", s.declarant.organisation}}};
    if (!s.declarant.lien.empty()) personnes.rows.push_back({"Lien avec l’occupant", s.declarant.lien});
    if (s.occupant) {
        personnes.rows.push_back({"Occupant", contact(s.occupant->contact)});
        personnes.rows.push_back({"Statut de l’occupant", label(statuts_occupant, s.occupant->statut)});
        personnes.rows.push_back({"Occupant prévenu de ce signalement",
                                  s.occupant->prevenu ? "Oui, et d’accord pour être contacté" : "Non"});
    }
    personnes.rows.push_back(
        {"Bailleur", contact({s.bailleur.nom, "", s.bailleur.email, s.bailleur.telephone})});
    personnes.rows.push_back({"Type de bailleur", label(types_bailleur, s.bailleur.type)});
    if (!s.bailleur.adresse.empty()) personnes.rows.push_back({"Adresse du bailleur", s.bailleur.adresse});
    personnes.rows.push_back({"Bailleur prévenu", label(desordre::reponses, s.bailleur.prevenu)});
    if (!s.bailleur.prevenu_mois.empty())
        personnes.rows.push_back({"Prévenu en", depot::mois_en_mots(s.bailleur.prevenu_mois)});
    if (s.bailleur.prevenu_moyen)
        personnes.rows.push_back({"Prévenu par", label(moyens_contact, s.bailleur.prevenu_moyen)});
    if (!s.bailleur.reponse.empty()) personnes.rows.push_back({"Réponse du bailleur", s.bailleur.reponse});
    ui::recap(h, personnes);

    const auto& d = s.decrit;
    ui::recap(
        h, {.title = "Logement et foyer",
            .rows = {
                {"Nature", s.logement.nature_autre.empty() ? label(desordre::natures, d.nature)
                                                           : ui::Markup{s.logement.nature_autre}},
                {"Étage", label(desordre::etages, d.etage)},
                {"Surface", d.superficie_dm2 ? ui::Markup{surface(*d.superficie_dm2)} : ui::Markup{}},
                {"Pièces", number(d.nombre_pieces)},
                {"Pièce d’au moins 9 m²", label(desordre::reponses, d.piece_de_9_m2)},
                {"Sans aucune fenêtre", label(desordre::reponses, d.sans_fenetre)},
                {"Cuisine", label(desordre::presences, d.cuisine)},
                {"Salle de bain", label(desordre::presences, d.salle_de_bain)},
                {"Toilettes", label(desordre::presences, d.wc)},
                {"Toilettes dans la cuisine", label(desordre::reponses, d.wc_dans_cuisine)},
                {"Personnes", number(d.personnes)},
                {"Dont enfants", number(d.enfants)},
                {"Enfant de moins de six ans", label(desordre::reponses, d.enfant_moins_6_ans)},
                {"Personne fragile", label(desordre::reponses, d.personne_fragile)},
                {"Situation", s.logement.vulnerabilite},
                {"Emménagement", d.emmenagement ? ui::Markup{base::in_words(*d.emmenagement)} : ui::Markup{}},
                {"Année de construction", number(s.logement.annee_construction)},
                {"Logement social", label(desordre::reponses, s.logement.social)},
                {"Bail écrit", label(desordre::reponses, s.logement.bail)},
                {"Loyer par mois",
                 s.logement.loyer_centimes ? ui::Markup{euros(*s.logement.loyer_centimes)} : ui::Markup{}},
                {"Aide au logement", label(allocations, s.logement.allocation)},
                {"Numéro d’allocataire", s.logement.numero_allocataire},
                {"Classe énergétique",
                 d.classe_energetique ? std::string(1, d.classe_energetique) : std::string{}},
                {"Diagnostic énergétique de", d.dpe_le ? number(d.dpe_le->year) : ui::Markup{}},
                {"Consommation d’énergie finale", number(d.consommation_kwh_par_m2, "kWh/m² par an")}}});
    ui::recap(h,
              {.title = "Démarches et accords",
               .rows = {{"Depuis quand", label(debuts, s.debut)},
                        {"Constaté sur place par le déposant", label(desordre::reponses, s.constate)},
                        {"Suivi par un travailleur social",
                         label(desordre::reponses, s.demarches.travailleur_social)},
                        {"Service", s.demarches.structure_sociale},
                        {"Assurance prévenue", label(assurances, s.demarches.assurance)},
                        {"Réponse de l’assurance", s.demarches.reponse_assurance},
                        {"Demande de relogement", label(desordre::reponses, s.demarches.demande_relogement)},
                        {"Souhaite partir", label(desordre::reponses, s.demarches.veut_partir)},
                        {"Préavis de départ donné", label(desordre::reponses, s.demarches.preavis_depose)},
                        {"Accepte une visite", label(desordre::reponses, s.demarches.visite_acceptee)},
                        {"Le bailleur peut être prévenu",
                         label(desordre::reponses, s.demarches.bailleur_peut_etre_prevenu)}}});
    ui::details(h, {.title = "Score de criticité de Signal Logement, pour comparaison"}, [&](ui::Html& h) {
        h("<p>{} (bâtiment {}, logement {}). Ce score fait la moyenne des deux zones : il sous-estime un "
          "logement très dégradé "
          "dans un immeuble sain. Le tri s’appuie sur la gravité, pas sur lui.</p>",
          pourcent(s.criticite.total_centiemes), pourcent(s.criticite.batiment_centiemes),
          pourcent(s.criticite.logement_centiemes));
    });
}

} // namespace signalement::views
