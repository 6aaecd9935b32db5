// See views.hpp.
#include "piece/views.hpp"

#include "base/expect.hpp"
#include "piece/image.hpp"
#include "piece/nature.hpp"

namespace piece {
namespace vues {

std::string pourquoi_illisible(const Piece& p)
{
    const auto echec = base::from_slug(echecs_image, p.motif);
    if (!echec) return "il a été perdu avant d’être préparé. Envoyez-le de nouveau.";
    switch (*echec) {
    case EchecImage::Illisible:
        return "cette image est abîmée ou incomplète. Ouvrez-la pour vérifier qu’elle s’affiche, puis "
               "envoyez-la de nouveau ou refaites la photo.";
    case EchecImage::TropDePixels:
        return trop_de_points();
    case EchecImage::TropLong:
        return "cette image est trop lourde à traiter. Enregistrez-la en JPEG et en plus petit, puis "
               "renvoyez-la.";
    }
    throw base::Bug{"failure of a picture without words"};
}

} // namespace vues

std::string dire_etat(const Piece& p)
{
    switch (p.etat) {
    case Etat::Saine:
        return {};
    case Etat::Recue:
        return "Bien reçu, en préparation. Actualisez la page dans un instant pour le voir.";
    case Etat::EnVerification:
        return "Bien reçu, en cours de vérification par l’antivirus. Il sera visible ensuite ; vous pouvez "
               "continuer "
               "sans attendre.";
    case Etat::ARanger:
        return "Bien reçu. Il sera visible dès que l’espace de stockage répondra ; vous pouvez continuer "
               "sans attendre.";
    case Etat::Quarantaine:
        return "En quarantaine : l’antivirus l’a jugé dangereux. Il n’est communiqué à personne. Si vous "
               "pensez que c’est une erreur, envoyez-le sous une autre forme (une photo, un PDF).";
    case Etat::Illisible:
        return "Pas gardé : " + vues::pourquoi_illisible(p);
    }
    throw base::Bug{"state of a file without words"};
}

} // namespace piece
