// An exchange file for the tests: invented people, laid out as the State's files are.
#pragma once

#include <string>
#include <string_view>

#include "demande/echange/correspondance.hpp"
#include "demande/echange/ecriture.hpp"
#include "demande/echange/lecture.hpp"

namespace demande::echange::exemples {

inline constexpr std::string_view numero = "076112090001276P01";

/// A woman who signs with her partner, with a child, in Rouen; the partner's children come at week-ends.
inline std::string une_demande_exemple()
{
    return R"(    <ns1:demande>
        <ns1:demandeLogement>
            <ns1:numUnique>076112090001276P01</ns1:numUnique>
            <ns1:dateCreationDemande>2020-11-12</ns1:dateCreationDemande>
            <ns1:personnePhysique>
                <ns1:demandeur>
                    <ns1:civilite code="3"/>
                    <ns1:nom>LE BRIS</ns1:nom>
                    <ns1:nomPatronymique>KERVIEL</ns1:nomPatronymique>
                    <ns1:prenom>Maëlle &amp; Anne</ns1:prenom>
                    <ns1:dateNaissance>1984-12-04</ns1:dateNaissance>
                    <ns1:nationalite code="1"/>
                    <ns1:situationFamiliale code="U"/>
                    <ns1:telPortable>0612345678</ns1:telPortable>
                    <ns1:mel>maelle.kerviel@exemple.fr</ns1:mel>
                    <ns1:adressePostale>
                        <ns1:etranger>false</ns1:etranger>
                        <ns1:numero>3 bis</ns1:numero>
                        <ns1:voie>rue des Tanneurs</ns1:voie>
                        <ns1:codePostal>76000</ns1:codePostal>
                        <ns1:commune code="76540"/>
                    </ns1:adressePostale>
                    <ns1:situationProfessionnelle>
                        <ns1:profession>Aide-soignante</ns1:profession>
                        <ns1:typeContratTravail code="CDD"/>
                        <ns1:nomEmployeurPrincipal>Clinique des Quais</ns1:nomEmployeurPrincipal>
                        <ns1:etranger>false</ns1:etranger>
                        <ns1:codePostal>76500</ns1:codePostal>
                        <ns1:commune code="76231"/>
                    </ns1:situationProfessionnelle>
                    <ns1:revenuFiscal>
                        <ns1:anneeMoins2>2018</ns1:anneeMoins2>
                        <ns1:montantMoins2>18400</ns1:montantMoins2>
                    </ns1:revenuFiscal>
                    <ns1:listeRessourceRecue>
                        <ns1:detailRessource>
                            <ns1:ressource code="SAL"/>
                            <ns1:montant>1250</ns1:montant>
                        </ns1:detailRessource>
                        <ns1:detailRessource>
                            <ns1:ressource code="AF"/>
                            <ns1:montant>140</ns1:montant>
                        </ns1:detailRessource>
                    </ns1:listeRessourceRecue>
                    <ns1:listeRessourceRecuePersACharge/>
                </ns1:demandeur>
                <ns1:listePersonneACharge>
                    <ns1:personneACharge>
                        <ns1:nom>TRAORE</ns1:nom>
                        <ns1:prenom>Noé</ns1:prenom>
                        <ns1:dateNaissance>2019-09-02</ns1:dateNaissance>
                        <ns1:sexe code="M"/>
                        <ns1:lienParente code="E"/>
                    </ns1:personneACharge>
                </ns1:listePersonneACharge>
                <ns1:listePersonneEnGarde>
                    <ns1:personneEnGarde>
                        <ns1:dateNaissance>2012-03-05</ns1:dateNaissance>
                        <ns1:sexe code="F"/>
                        <ns1:coParentalite code="D"/>
                    </ns1:personneEnGarde>
                </ns1:listePersonneEnGarde>
                <ns1:listeCotitulaire>
                    <ns1:cotitulaire>
                        <ns1:civilite code="1"/>
                        <ns1:nom>TRAORE</ns1:nom>
                        <ns1:prenom>Idriss</ns1:prenom>
                        <ns1:dateNaissance>1986-05-17</ns1:dateNaissance>
                        <ns1:nationalite code="3"/>
                        <ns1:situationFamiliale code="U"/>
                        <ns1:lienDemandeur code="C"/>
                        <ns1:listeRessourceRecue>
                            <ns1:detailRessource>
                                <ns1:ressource code="SAL"/>
                                <ns1:montant>1100</ns1:montant>
                            </ns1:detailRessource>
                        </ns1:listeRessourceRecue>
                        <ns1:listeRessourceVersee>
                            <ns1:detailRessource>
                                <ns1:ressource code="PAV"/>
                                <ns1:montant>90</ns1:montant>
                            </ns1:detailRessource>
                        </ns1:listeRessourceVersee>
                    </ns1:cotitulaire>
                </ns1:listeCotitulaire>
                <ns1:logementActuel>
                    <ns1:listeModeleLogement>
                        <ns1:modeleLogement code="SLHT"/>
                    </ns1:listeModeleLogement>
                    <ns1:montantMensuelLoyer>620</ns1:montantMensuelLoyer>
                    <ns1:nombreHabitant>4</ns1:nombreHabitant>
                    <ns1:categorieLogement code="A"/>
                    <ns1:typeLogementActuel code="T6P"/>
                    <ns1:surface>41</ns1:surface>
                    <ns1:proprietaire>false</ns1:proprietaire>
                </ns1:logementActuel>
            </ns1:personnePhysique>
            <ns1:logementRecherche>
                <ns1:demandeElargie>true</ns1:demandeElargie>
                <ns1:listeTypeLogement>
                    <ns1:typeLogement code="T3"/>
                    <ns1:typeLogement code="T4"/>
                </ns1:listeTypeLogement>
                <ns1:listeLocalisationSouhaite>
                    <ns1:localisationSouhaite>
                        <ns1:commune code="76540"/>
                    </ns1:localisationSouhaite>
                    <ns1:localisationSouhaite>
                        <ns1:commune code="76231"/>
                    </ns1:localisationSouhaite>
                </ns1:listeLocalisationSouhaite>
            </ns1:logementRecherche>
        </ns1:demandeLogement>
    </ns1:demande>
)";
}

inline std::string fichier(const std::string& demandes = une_demande_exemple(),
                           std::string_view date = "2026-11-20T06:00:00.000+01:00")
{
    return debut_du_fichier(date, "MOD") + demandes + fin_du_fichier();
}

/// With another text in place of one of its texts.
inline std::string avec(std::string texte, std::string_view de, std::string_view vers)
{
    const auto ou = texte.find(de);
    return ou == std::string::npos ? std::string{} : texte.replace(ou, de.size(), vers);
}

/// A map of two communes.
inline Communes deux_communes()
{
    return {.nom = [](std::string_view insee) -> std::string {
                return insee == "76540" ? "Rouen" : insee == "76231" ? "Elbeuf" : "";
            },
            .code = [](std::string_view nom, std::string_view) -> std::string {
                return nom == "Rouen" ? "76540" : nom == "Elbeuf" ? "76231" : "";
            }};
}

/// The only demande of a file that holds one.
inline Element lue(const std::string& texte)
{
    std::vector<Element> lues;
    const auto l = lire_fichier(texte, [&](Element&& e) { lues.push_back(std::move(e)); });
    return lues.size() == 1 && l.refus.empty() ? lues.front() : Element{};
}

} // namespace demande::echange::exemples
